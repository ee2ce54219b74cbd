---- MODULE RecursiveFunctions ----
\* Functions that are defined by recursion.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Fact[n \in 0..6] == IF n = 0 THEN 1 ELSE n * Fact[n - 1]
Sum[s \in [1..2 -> 0..2]] == s[1] + s[2]
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ Fact[5] = 120
  /\ Sum[<<1, 2>>] = 3
  /\ (LET g[n \in 0..4] == IF n = 0 THEN 0 ELSE n + g[n - 1] IN g[4]) = 10
====
