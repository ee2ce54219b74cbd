---- MODULE ErrorZeroPower ----
\* 0^0 is undefined.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (0^0 = 1))
====
