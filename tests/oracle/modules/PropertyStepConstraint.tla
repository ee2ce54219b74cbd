---- MODULE PropertyStepConstraint ----
\* A step that leads outside the constraint is checked too.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1
Spec == Init /\ [][Next]_x
Small == x < 3
Up == [][x' # 3]_x
====
