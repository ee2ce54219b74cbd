---- MODULE SymmetryRotation ----
\* SYMMETRY: a group of its own, that of the rotations, defined by functions.
EXTENDS TLC, Naturals
CONSTANTS a, b, c
VARIABLES x, y
P == {a, b, c}
Turns == {f \in Permutations(P) : \A p \in P : f[p] # p}
Rotations == Turns
Init == x = <<>> /\ y \in P
Next == x = <<>> /\ x' \in P \X P \X P /\ y' = y
====
