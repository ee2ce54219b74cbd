---- MODULE LeadsToVacuous ----
\* A premise that never holds.
EXTENDS Naturals
VARIABLES x
Init == x = 0
Up == x < 3 /\ x' = x + 1
Reset == x = 3 /\ x' = 0
Next == Up \/ Reset
Spec == Init /\ [][Next]_x
Live == (x = 7) ~> (x = 8)
====
