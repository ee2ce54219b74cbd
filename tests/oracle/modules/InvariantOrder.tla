---- MODULE InvariantOrder ----
\* The first violated invariant of the configuration is reported.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 3 /\ x' = x + 1
A == x < 9
B == x < 2
C == x # 2
====
