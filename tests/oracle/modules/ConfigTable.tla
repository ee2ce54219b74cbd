---- MODULE ConfigTable ----
\* A defined operator replaced by a table, point by point.
EXTENDS Naturals
VARIABLE x
Following(y, kind) == y
Init == x = 0
Next == x < 2 /\ x' = Following(x, "up")
====
