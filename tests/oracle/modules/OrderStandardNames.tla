---- MODULE OrderStandardNames ----
\* Names of the standard modules come before strings that stand in the text alone.
EXTENDS Naturals, Sequences
VARIABLE x
Choice == CHOOSE name \in {"beta", "t", "seq"} : TRUE
Init == x = Choice
Next == UNCHANGED x
SequencesFirst == x = "t"
====
