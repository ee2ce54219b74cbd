---- MODULE TlcRandomElementEmpty ----
\* RandomElement of the empty set is an error.
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' = RandomElement({n \in 0..2 : n > x + 5})
====
