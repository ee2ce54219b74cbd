---- MODULE ConfigActionConstraintState ----
\* An action constraint may speak of the first state of a step alone.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' \in {(x + 1) % 4, (x + 2) % 4}
Low == x < 2
====
