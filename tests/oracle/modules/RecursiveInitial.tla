---- MODULE RecursiveInitial ----
\* A recursive Init.
EXTENDS Naturals
VARIABLES x
RECURSIVE A(_)
A(n) == IF n = 0 THEN x = 0 ELSE x = n \/ A(n - 1)
Init == A(3)
Next == x' = x
====
