---- MODULE ConfigConstraintInitially ----
\* An initial state outside the constraint is checked and not stored.
EXTENDS Naturals
VARIABLE x
Init == x \in 0..5
Next == x' = (x + 1) % 6
Small == x < 3
Inv == x # 4
====
