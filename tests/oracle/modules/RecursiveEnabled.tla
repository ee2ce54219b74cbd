---- MODULE RecursiveEnabled ----
\* ENABLED and fairness of a recursive action.
EXTENDS Naturals
VARIABLES x
RECURSIVE A(_)
A(n) == IF n = 0 THEN x' = 1 ELSE A(n - 1)
Init == x = 0
Next == A(2)
Inv == ENABLED A(3)
Spec == Init /\ [][Next]_x /\ WF_x(A(2))
P == x = 0 ~> x = 1
====
