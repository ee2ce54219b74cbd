---- MODULE LeadsToConstraint ----
\* Steps that are cut off vanish from the graph; what is enabled does not.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Small == x < 3
Live == (x = 0) ~> (x = 5)
====
