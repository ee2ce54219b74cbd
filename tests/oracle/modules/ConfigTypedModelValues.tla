---- MODULE ConfigTypedModelValues ----
\* Typed model values do not compare with other types.
EXTENDS Naturals
CONSTANTS p, q
VARIABLE x
Init == x = p
Next == x' = q /\ (x = 1 \/ TRUE)
====
