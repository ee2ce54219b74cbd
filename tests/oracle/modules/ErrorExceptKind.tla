---- MODULE ErrorExceptKind ----
\* EXCEPT compares its argument with the domain.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => ([[i \in {5} |-> 1] EXCEPT ![TRUE] = 2] = (5 :> 1)))
====
