---- MODULE ErrorTailOfEmpty ----
\* Tail of the empty sequence.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (Tail(<<>>) = <<>>))
====
