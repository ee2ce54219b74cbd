---- MODULE ConfigInvariantFalse ----
\* An invariant that is FALSE by itself is refused.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == UNCHANGED x
Inv == FALSE
====
