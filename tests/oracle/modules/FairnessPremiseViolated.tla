----------------------- MODULE FairnessPremiseViolated -----------------------
\* The wrong fairness as the premise of a promise.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc \/ Flip
Spec == Init /\ [][Next]_vars
P == WF_vars(Flip) => <>(x = 2)
==============================================================================
