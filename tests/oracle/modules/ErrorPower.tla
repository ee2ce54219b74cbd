---- MODULE ErrorPower ----
\* And in powers.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (2^31 > 0))
====
