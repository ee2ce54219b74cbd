------------------------- MODULE FairnessAssumedEmpty -------------------------
\* Fairness of no instance is no fairness.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc \/ Flip
Spec == Init /\ [][Next]_vars /\ (\A i \in {} : WF_vars(x = i /\ Inc))
P == <>(x = 2)
==============================================================================
