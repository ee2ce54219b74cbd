---- MODULE SymmetryView ----
\* SYMMETRY and VIEW: the view is that of the least state of an orbit.
EXTENDS TLC, Naturals
CONSTANT P
VARIABLES x, y, z
Perms == Permutations(P)
Init == x \in P /\ y \in P /\ z = 0
Next == \E p \in P : x' = p /\ y' = x /\ z' = (z + 1) % 3
Part == <<x, y>>
====
