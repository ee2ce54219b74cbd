------------------------ MODULE FairnessAssumedPromise ------------------------
\* A specification may assume a promise.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc \/ Flip
Spec == Init /\ [][Next]_vars /\ <>(y = 1) /\ WF_vars(Inc)
P == <>((x = 2) /\ <>(y = 1)) \/ <>((y = 1) /\ <>(x = 2))
==============================================================================
