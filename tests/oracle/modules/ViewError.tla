---- MODULE ViewError ----
\* VIEW: a view without a value in a state is an error of evaluation.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' \in 0..3
Small == CHOOSE v \in 0..2 : v = x
====
