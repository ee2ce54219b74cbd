---- MODULE TlcRegisterNegative ----
\* TLCSet: registers have natural numbers.
EXTENDS Integers, TLC
VARIABLE x
Init == x = 0 /\ TLCSet(-1, 5)
Next == x' = (x + 1) % 3
====
