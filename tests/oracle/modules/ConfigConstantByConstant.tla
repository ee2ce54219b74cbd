---- MODULE ConfigConstantByConstant ----
\* A constant replaced by another one.
EXTENDS Naturals
CONSTANTS N, M
VARIABLE x
Init == x = N
Next == x' = N
Three == x = 3
====
