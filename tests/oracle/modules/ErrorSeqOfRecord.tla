---- MODULE ErrorSeqOfRecord ----
\* A record is no element of a set of sequences, and is not asked for either.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => ([a |-> 1] \notin Seq(Nat)))
====
