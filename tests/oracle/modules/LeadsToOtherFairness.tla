---- MODULE LeadsToOtherFairness ----
\* Fairness of another action does not help.
EXTENDS Naturals
VARIABLES x
Init == x = 0
Up == x < 3 /\ x' = x + 1
Reset == x = 3 /\ x' = 0
Next == Up \/ Reset
Spec == Init /\ [][Next]_x /\ WF_x(Reset)
Live == (x = 1) ~> (x = 2)
====
