---- MODULE ConfigNumberTooLarge ----
\* Numbers of a configuration are 32-bit integers.
EXTENDS Naturals
CONSTANT N
VARIABLE x
Init == x = 0
Next == x' = x
====
