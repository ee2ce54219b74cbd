---- MODULE ConfigDeadlockAllowed ----
\* CHECK_DEADLOCK FALSE: a state without successor is no error.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
====
