---- MODULE ValueUnionUnasked ----
\* Whether the members are sets is asked by who looks into the union.
EXTENDS Naturals
VARIABLE x
Init == x \in {1} \ ({} \cap UNION {1, 2})
Next == x' = x
Inv == {} \ UNION {1, 2} = {}
====
