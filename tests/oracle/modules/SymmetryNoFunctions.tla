---- MODULE SymmetryNoFunctions ----
\* SYMMETRY: it must be a set of functions.
EXTENDS TLC, Naturals
CONSTANT P
VARIABLE x
Perms == P
Init == x \in P
Next == \E p \in P : x' = p
====
