---- MODULE AssignInfinite ----
\* x \in Nat cannot be enumerated.
EXTENDS Naturals
VARIABLE x
Init == x \in Nat
Next == UNCHANGED x
====
