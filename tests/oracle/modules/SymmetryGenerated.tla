---- MODULE SymmetryGenerated ----
\* SYMMETRY: two overlapping sets of permutations generate the whole group.
EXTENDS TLC, Naturals
CONSTANTS a, b, c
VARIABLES x, y
P == {a, b, c}
Some == Permutations({a, b}) \cup Permutations({b, c})
Init == x = <<>> /\ y \in P
Next == x = <<>> /\ x' \in P \X P \X P /\ y' = y
====
