------------------------ MODULE FairnessWeakTooLittle ------------------------
\* Weak fairness does not help what is enabled now and then.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Turn == y = 0 /\ x' = 1 - x /\ y' = y
Leave == x = 1 /\ y = 0 /\ y' = 1 /\ x' = x
Next == Turn \/ Leave
Spec == Init /\ [][Next]_vars /\ WF_vars(Turn) /\ WF_vars(Leave)
P == <>(y = 1)
==============================================================================
