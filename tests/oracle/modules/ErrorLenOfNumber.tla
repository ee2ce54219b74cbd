---- MODULE ErrorLenOfNumber ----
\* Len of a number.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (Len(3) = 1))
====
