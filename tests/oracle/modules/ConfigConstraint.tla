---- MODULE ConfigConstraint ----
\* CONSTRAINT: states outside count as generated and are checked, not stored.
EXTENDS Naturals
VARIABLE x
Init == x \in {0, 9}
Next == x' = x + 1 \/ x' = x + 2
Small == x < 4
Inv == x < 100
====
