---- MODULE ConfigUnknownName ----
\* The configuration names what is not defined.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == UNCHANGED x
====
