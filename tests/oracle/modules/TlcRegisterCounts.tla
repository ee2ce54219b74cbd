---- MODULE TlcRegisterCounts ----
\* TLCSet: every evaluation of a step counts, as none is remembered.
EXTENDS Naturals, TLC
VARIABLES x, y
ASSUME TLCSet(1, 0)
Init == x \in 0..1 /\ y = 0
Next == \/ x' = 1 - x /\ UNCHANGED y /\ TLCSet(1, TLCGet(1) + 1)
        \/ y < 3 /\ y' = y + 1 /\ UNCHANGED x
Few == TLCGet(1) < 5
====
