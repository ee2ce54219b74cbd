---- MODULE ConfigOverrideSeq ----
\* Seq replaced by bounded sequences, defined later in the module.
EXTENDS Naturals, Sequences
VARIABLE x
Init == x \in Seq({0, 1})
Next == UNCHANGED x
ShortSeq(S) == UNION {[1..n -> S] : n \in 0..2}
====
