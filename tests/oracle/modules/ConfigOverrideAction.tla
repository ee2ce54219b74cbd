---- MODULE ConfigOverrideAction ----
\* An action replaced by another, in Next and in the specification.
EXTENDS Naturals
VARIABLE x
Init == x = 1
Increase == x' = x + 1
Swap == x' = 3 - x
Next == Increase
Spec == Init /\ [][Next]_x
Small == x < 4
====
