---- MODULE ConfigConstraintFalse ----
\* A constraint that is FALSE by itself is refused.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Never == FALSE
====
