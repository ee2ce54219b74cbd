---- MODULE BranchNegationUnbound ----
\* ~(x' = 0) does not bind.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == ~(x' = 0)
====
