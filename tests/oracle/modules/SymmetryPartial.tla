---- MODULE SymmetryPartial ----
\* SYMMETRY: a function on some of the model values leaves the others in place.
EXTENDS TLC, Naturals
CONSTANTS a, b, c
VARIABLES x, y
P == {a, b, c}
Pair == {(a :> b @@ b :> a), (b :> c @@ c :> b)}
Swaps == Pair
Init == x = <<>> /\ y \in P
Next == x = <<>> /\ x' \in P \X P \X P /\ y' = y
====
