---- MODULE BranchNegation ----
\* ~ of an assignment needs the value first.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' \in 0..2 /\ ~(x' = x)
====
