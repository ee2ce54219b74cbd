---- MODULE ToStringNumbers ----
\* ToString of numbers, signs and truth values feeds the state.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = ""
Next == \E v \in {-5, 0, 17} : Len(x) < 4 /\ x' = x \o ToString(v) \o ToString(v > 0)
====
