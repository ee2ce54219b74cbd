---- MODULE ForallAction ----
\* \A binds once for each element: the first assigns, the others compare.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == \A k \in {1, 2} : x' = (x + 1) % 3
====
