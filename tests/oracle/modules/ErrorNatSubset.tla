---- MODULE ErrorNatSubset ----
\* Nat \subseteq Int cannot be enumerated.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (Nat \subseteq Int))
====
