---- MODULE ConfigDeadlock ----
\* A state without successor is an error.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 3 /\ x' = x + 1
====
