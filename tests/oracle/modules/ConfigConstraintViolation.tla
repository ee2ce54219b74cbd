---- MODULE ConfigConstraintViolation ----
\* An invariant is checked outside the constraint.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1
Small == x < 4
Inv == x # 4
====
