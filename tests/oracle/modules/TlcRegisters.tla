---- MODULE TlcRegisters ----
\* TLCSet and TLCGet: an ASSUME sets a register, each step changes it, an invariant reads it.
EXTENDS Naturals, TLC
VARIABLE x
ASSUME TLCSet(1, 0)
Init == x = 0
Next == x' = (x + 1) % 3 /\ TLCSet(1, TLCGet(1) + 1)
Few == TLCGet(1) < 3
====
