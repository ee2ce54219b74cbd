-------------------------- MODULE FairnessSubscript --------------------------
\* Fairness of steps that change the subscript: turning is none of y's.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Turn == y = 0 /\ x' = 1 - x /\ y' = y
Leave == x = 1 /\ y = 0 /\ y' = 1 /\ x' = x
Next == Turn \/ Leave
Spec == Init /\ [][Next]_vars /\ WF_y(Next)
P == <>(y = 1)
==============================================================================
