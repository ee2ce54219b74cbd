---- MODULE ConfigPropertyUndefined ----
\* A property must be defined.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
====
