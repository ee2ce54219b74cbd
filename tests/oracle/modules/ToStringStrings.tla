---- MODULE ToStringStrings ----
\* ToString of a string has its quotes, and escapes what needs it.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = "a"
Next == Len(x) < 40 /\ x' = ToString(x)
====
