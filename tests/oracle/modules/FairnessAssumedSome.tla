------------------------- MODULE FairnessAssumedSome -------------------------
\* Fairness of one of some instances.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc \/ Flip
Spec == Init /\ [][Next]_vars /\ WF_vars(Flip) /\ (\E i \in 0..1 : WF_vars(x = i /\ Inc))
P == <>(x = 2)
==============================================================================
