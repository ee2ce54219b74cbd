---- MODULE ConfigInvariantParameter ----
\* An invariant takes no argument.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Other(y) == x # y
====
