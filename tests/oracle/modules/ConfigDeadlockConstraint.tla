---- MODULE ConfigDeadlockConstraint ----
\* A state whose successors are all cut off is no deadlock.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 3 /\ x' = x + 1
Small == x < 3
====
