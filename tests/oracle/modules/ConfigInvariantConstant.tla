---- MODULE ConfigInvariantConstant ----
\* A constant is no invariant unless it is TRUE.
EXTENDS Naturals
CONSTANT N
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Large == N > 7
====
