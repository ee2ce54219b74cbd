---- MODULE AssignMissingInitially ----
\* An initial state that leaves a variable without a value.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0
Next == UNCHANGED <<x, y>>
====
