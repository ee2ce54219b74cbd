---- MODULE ConfigInvariantTrue ----
\* An invariant that is TRUE by itself is one.
EXTENDS Naturals
CONSTANT N
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Small == N < 7
====
