---- MODULE ConfigPropertyFalse ----
\* A property that is FALSE by itself is refused.
EXTENDS Naturals
CONSTANT N
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Large == N > 7
====
