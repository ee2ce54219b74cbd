---- MODULE ConfigConstraintParameter ----
\* A constraint takes no argument.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Below(y) == x < y
====
