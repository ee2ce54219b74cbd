---- MODULE ErrorRecordOfTuple ----
\* Nor is a tuple asked for in a set of records.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (<<1, 2>> \notin [a : Nat]))
====
