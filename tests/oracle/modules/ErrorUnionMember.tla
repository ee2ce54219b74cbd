---- MODULE ErrorUnionMember ----
\* A member of the union of what is no set.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = IF 1 \in UNION {x, 2} THEN 1 ELSE 0
====
