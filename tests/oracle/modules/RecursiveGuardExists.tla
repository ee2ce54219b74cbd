---- MODULE RecursiveGuardExists ----
\* A recursive guard with a quantifier counts once for each witness.
EXTENDS Naturals
VARIABLES x
RECURSIVE G(_)
G(n) == \E i \in 0..1 : (i = n \/ (n > 0 /\ G(n - 1)))
Init == x = 0
Next == G(2) /\ x' = (x + 1) % 3
====
