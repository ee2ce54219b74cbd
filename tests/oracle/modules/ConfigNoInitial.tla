---- MODULE ConfigNoInitial ----
\* No initial state: nothing to check.
EXTENDS Naturals
VARIABLE x
Init == x = 0 /\ x = 1
Next == UNCHANGED x
Inv == x > 5
====
