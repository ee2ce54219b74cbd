---- MODULE RecursiveMutual ----
\* Two actions that call each other.
EXTENDS Naturals
VARIABLES x
RECURSIVE A(_), B(_)
A(n) == IF n > 3 THEN x' = n ELSE B(n + 1) \/ x' = 0
B(n) == \E i \in 1..2 : A(n + i)
Init == x = 0
Next == A(x % 3)
====
