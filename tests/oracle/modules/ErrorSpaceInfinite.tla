---- MODULE ErrorSpaceInfinite ----
\* An infinite part makes a set infinite for who counts its elements, though it has none, or one.
EXTENDS Naturals, FiniteSets
VARIABLE x

Init == x = 0
Next == x' = Cardinality([{} -> Nat])
====
