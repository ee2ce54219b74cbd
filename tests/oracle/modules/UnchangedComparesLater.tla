---- MODULE UnchangedComparesLater ----
\* UNCHANGED after an assignment compares.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' \in 0..3 /\ y' = (y + 1) % 2 /\ UNCHANGED x
====
