---- MODULE LabelAction ----
\* A label in an action, and parts of a specification.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Up == x < 3 /\ lab :: x' = x + 1
Next == Up \/ (x = 3 /\ x' = 0)
Spec == Init /\ [][Next]_x /\ WF_x(Up)
Safe == Spec!1
Live == []<>(Up!1)
Inv == Up!1 \/ x = 3
Not == ~ENABLED Up!lab
====
