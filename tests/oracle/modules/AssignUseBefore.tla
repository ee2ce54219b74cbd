---- MODULE AssignUseBefore ----
\* y' is used before it has a value.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = y' + 1 /\ y' = 1
====
