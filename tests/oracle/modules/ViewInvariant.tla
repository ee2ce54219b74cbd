---- MODULE ViewInvariant ----
\* VIEW: an invariant is checked on the first state of each class alone.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = (x + 1) % 3 /\ y' \in 0..2
Low == y < 2
Part == x
====
