---- MODULE ConfigTableGap ----
\* A table has no value where it says nothing.
EXTENDS Naturals
VARIABLE x
Following(y) == y
Init == x = 0
Next == x' = Following(x)
====
