---- MODULE ErrorInfiniteStored ----
\* An infinite set is no part of a state.
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = [a |-> Nat]
====
