---- MODULE ConfigOverrideChecked ----
\* A specification and an invariant replaced by others.
EXTENDS Naturals
VARIABLE x
Init == x = 1
Swap == x' = 3 - x
Next == x' = x + 1
Spec == Init /\ [][Next]_x
Bounded == Init /\ [][Swap]_x
Small == x < 4
Smaller == x < 2
====
