---- MODULE ConfigConstantByVariable ----
\* A constant cannot be replaced by what changes.
EXTENDS Naturals
CONSTANT N
VARIABLE x
Following == x + 1
Init == x = 1
Next == x' = 3 - x
Same == N = x + 1
====
