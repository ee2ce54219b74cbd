---- MODULE ErrorKindsSetNumber ----
\* {} = 1 is an error.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => ({} = 1))
====
