---- MODULE ErrorProductOfRecord ----
\* Nor a record in a product.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => ([a |-> 1] \notin Nat \X Nat))
====
