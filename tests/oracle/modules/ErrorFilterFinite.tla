---- MODULE ErrorFilterFinite ----
\* Whether a part of Nat is finite is not found out.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (IsFiniteSet({n \in Nat : n < 3})))
====
