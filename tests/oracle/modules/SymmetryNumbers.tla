---- MODULE SymmetryNumbers ----
\* SYMMETRY: only model values can be exchanged.
EXTENDS TLC, Naturals
VARIABLE x
Perms == Permutations({1, 2, 3})
Init == x \in {1, 2, 3}
Next == \E p \in {1, 2, 3} : x' = p
====
