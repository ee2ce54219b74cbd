---- MODULE SymmetryAsymmetric ----
\* SYMMETRY: a CHOOSE over the set breaks it; that is not detected, and too little is explored.
EXTENDS TLC, Naturals
CONSTANT P
VARIABLE x
Perms == Permutations(P)
First == CHOOSE p \in P : TRUE
Init == x = First
Next == \E p \in P : x' = p
AlwaysFirst == x = First
====
