---- MODULE RecursiveInInstanceA ----
EXTENDS Naturals
CONSTANT Base
RECURSIVE Pow(_)
Pow(n) == IF n = 0 THEN 1 ELSE Base * Pow(n - 1)
fact[n \in Nat] == IF n = 0 THEN Base ELSE n * fact[n-1]
RECURSIVE Even(_), Odd(_)
Even(n) == IF n = 0 THEN 1 ELSE Odd(n-1)
Odd(n) == IF n = 0 THEN 0 ELSE Even(n-1)
====
