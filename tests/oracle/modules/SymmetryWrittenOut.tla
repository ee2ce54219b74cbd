---- MODULE SymmetryWrittenOut ----
\* SYMMETRY: TLC makes nothing of a set that has no more functions than its definition operands.
EXTENDS TLC, Naturals
CONSTANTS a, b, c
VARIABLES x, y
P == {a, b, c}
Pair == {(a :> b @@ b :> a), (b :> c @@ c :> b)}
Init == x = <<>> /\ y \in P
Next == x = <<>> /\ x' \in P \X P \X P /\ y' = y
====
