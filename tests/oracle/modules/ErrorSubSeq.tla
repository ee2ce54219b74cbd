---- MODULE ErrorSubSeq ----
\* SubSeq that leaves the sequence.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (SubSeq(<<1, 2>>, 1, 3) = <<1>>))
====
