---- MODULE ErrorOverflow ----
\* Integers have 32 bits.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (2147483647 + 1 > 0))
====
