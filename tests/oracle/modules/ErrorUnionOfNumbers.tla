---- MODULE ErrorUnionOfNumbers ----
\* UNION of a set of numbers.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (UNION {1, 2} = {}))
====
