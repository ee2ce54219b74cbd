---- MODULE TlcSetBranching ----
\* What stands before a choice is evaluated once, not once for each side.
EXTENDS Naturals, TLC
VARIABLES x, times
Init == x = 0 /\ times = 0 /\ TLCSet(1, 0)
Next == x < 3 /\ TLCSet(1, TLCGet(1) + 1) /\ times' = TLCGet(1) /\ x' \in {x + 1, x + 2}
====
