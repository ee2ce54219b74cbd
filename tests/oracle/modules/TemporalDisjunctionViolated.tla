--------------------- MODULE TemporalDisjunctionViolated ---------------------
\* Neither of two promises need be kept.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc \/ Flip
Spec == Init /\ [][Next]_vars /\ WF_vars(Inc) /\ WF_vars(Flip)
P == ([](y = 0)) \/ (<>[](y = 1))
==============================================================================
