---- MODULE ToStringSpaces ----
\* ToString of sets that are made by rules: listed, or by their names.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = ""
Next == \/ x' = ToString(SUBSET {1, 2}) \o ToString([{1, 2} -> {3}])
        \/ x' = ToString(Nat) \o ToString(STRING) \o ToString(Seq({1})) \o ToString(BOOLEAN)
        \/ x = "NatSTRINGSeq({1}){FALSE, TRUE}" /\ x' = "named"
        \/ x = "{{}, {1}, {2}, {1, 2}}{<<3, 3>>}" /\ x' = "listed"
====
