---- MODULE ErrorInfiniteElement ----
\* Nor is an element of a set of such sets.
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == \E S \in {Nat, Int} : x' = S
====
