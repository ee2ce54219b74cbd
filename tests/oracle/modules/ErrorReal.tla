---- MODULE ErrorReal ----
\* There are no real numbers.
EXTENDS Reals
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (1 \in Real))
====
