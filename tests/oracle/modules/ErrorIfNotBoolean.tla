---- MODULE ErrorIfNotBoolean ----
\* IF needs a Boolean.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (IF 1 THEN TRUE ELSE FALSE))
====
