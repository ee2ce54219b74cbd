---- MODULE PropertyStepViolated ----
\* A step to a state that was seen before violates it.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 4
Spec == Init /\ [][Next]_x
Up == [][x' > x]_x
====
