---- MODULE ErrorCardinalityNat ----
\* Cardinality of an infinite set.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (Cardinality(Nat) = 1))
====
