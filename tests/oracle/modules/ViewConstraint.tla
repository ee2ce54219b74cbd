---- MODULE ViewConstraint ----
\* VIEW: a state outside the constraint stands for no class.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = (x + 1) % 3 /\ y' \in 0..2
Low == y < 2
Part == x
====
