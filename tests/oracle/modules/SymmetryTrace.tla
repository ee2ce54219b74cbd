---- MODULE SymmetryTrace ----
\* SYMMETRY: the trace to a violation is a behaviour, as long as without symmetry.
EXTENDS TLC, Naturals, Sequences
CONSTANT P
VARIABLE x
Perms == Permutations(P)
Init == x = <<>>
Next == Len(x) < 4 /\ \E p \in P : x' = Append(x, p)
Repeats == Len(x) = 3 => x[1] = x[2] \/ x[2] = x[3] \/ x[1] = x[3]
====
