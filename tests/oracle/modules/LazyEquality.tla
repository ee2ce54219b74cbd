---- MODULE LazyEquality ----
\* Sets that are too large to be listed are compared by how they were made.
EXTENDS Integers, FiniteSets

\* Rows.
ASSUME [1..100 -> 1..100] = [1..100 -> 1..100]
ASSUME [1..2 -> 1..2] # [1..2 -> 1..3]
ASSUME SUBSET (1..100) = SUBSET (1..100) /\ SUBSET (1..100) # SUBSET (1..99)
ASSUME 1..2147483647 = 1..2147483647
ASSUME SUBSET Nat = SUBSET Nat
====
