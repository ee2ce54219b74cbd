---- MODULE AssignEquals ----
\* x' = e binds, a second one compares.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = x
Next == \/ x < 3 /\ x' = x + 1 /\ y' = x'
        \/ x' = x /\ y' = 9 /\ y' = y + 9 /\ x = 2
====
