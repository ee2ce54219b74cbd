---- MODULE RecursiveInInstance ----
\* Recursive operators and functions of instances.
EXTENDS Naturals
VARIABLES t
I == INSTANCE RecursiveInInstanceA WITH Base <- 2
J(b) == INSTANCE RecursiveInInstanceA WITH Base <- b
Init == t = 0
Next == \E n \in 1..3 : t' = (t + I!Pow(n) + J(n)!Pow(2) + I!fact[n] + J(t)!fact[n] + I!Even(n)) % 29
====
