---- MODULE ErrorNotBoolean ----
\* A number as a conjunct is an error.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (x + 1))
====
