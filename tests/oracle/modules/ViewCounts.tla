---- MODULE ViewCounts ----
\* VIEW: one state stands for all with the same view.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = (x + 1) % 3 /\ y' = (y + 1) % 5
Part == x
====
