---- MODULE ConfigTwoBehaviours ----
\* SPECIFICATION and INIT at once are refused.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == UNCHANGED x
Spec == Init /\ [][Next]_x
====
