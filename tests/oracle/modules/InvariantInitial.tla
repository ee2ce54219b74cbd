---- MODULE InvariantInitial ----
\* An invariant that is false at once.
EXTENDS Naturals
VARIABLE x
Init == x \in 0..3
Next == UNCHANGED x
Inv == x # 2
====
