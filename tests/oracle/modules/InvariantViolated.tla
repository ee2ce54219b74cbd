---- MODULE InvariantViolated ----
\* The shortest trace to a violated invariant.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Up == x < 9 /\ x' = x + 1 /\ UNCHANGED y
Jump == y = 0 /\ x' = x + 3 /\ y' = 1
Next == Up \/ Jump
Inv == x < 6
====
