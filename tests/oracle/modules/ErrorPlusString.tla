---- MODULE ErrorPlusString ----
\* + of a string.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (x + "a" = 1))
====
