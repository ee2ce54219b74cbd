---- MODULE InvariantNotBoolean ----
\* An invariant that is no Boolean.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == UNCHANGED x
Inv == x
====
