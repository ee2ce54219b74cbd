---- MODULE ConfigDeadlockSpelling ----
\* CHECK_DEADLOCK takes TRUE or FALSE as they are.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
====
