---- MODULE ErrorRealDivision ----
\* Nor a quotient of integers.
EXTENDS Reals
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (1 / 2 = 0))
====
