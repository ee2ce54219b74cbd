---- MODULE TlcGetUnknown ----
\* TLCGet: an unknown name has no value.
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' = TLCGet("lever")
====
