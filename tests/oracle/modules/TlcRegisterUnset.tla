---- MODULE TlcRegisterUnset ----
\* TLCGet: a register that was never set has no value.
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' = TLCGet(5)
====
