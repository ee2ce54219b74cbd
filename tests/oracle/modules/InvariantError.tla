---- MODULE InvariantError ----
\* An invariant without a value, later on.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 3 /\ x' = x + 1
Inv == x = 2 => <<1>>[x] = 1
====
