---- MODULE ToStringSets ----
\* ToString of sets: their order is that of the values, and an interval shows its bounds.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = ""
Next == \/ x' = ToString({3, 1, 2}) \o ToString(1..3)
        \/ x' = ToString({{2, 1}, {}, {3}}) \o ToString(3..1)
        \/ x = "{1, 2, 3}1..3" /\ x' = "seen"
====
