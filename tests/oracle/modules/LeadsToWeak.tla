---- MODULE LeadsToWeak ----
\* P ~> Q holds under weak fairness.
EXTENDS Naturals
VARIABLES x
Init == x = 0
Up == x < 3 /\ x' = x + 1
Reset == x = 3 /\ x' = 0
Next == Up \/ Reset
Spec == Init /\ [][Next]_x /\ WF_x(Up)
Live == (x = 0) ~> (x = 3)
====
