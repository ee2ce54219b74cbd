---- MODULE RecursiveGuard ----
\* A recursive guard counts once for each way in which it is true.
EXTENDS Naturals
VARIABLES x
RECURSIVE G(_)
G(n) == IF n = 0 THEN TRUE ELSE (G(n - 1) \/ n = 2)
Init == x = 0
Next == G(2) /\ x' = (x + 1) % 3
====
