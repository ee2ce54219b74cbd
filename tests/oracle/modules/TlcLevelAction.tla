---- MODULE TlcLevelAction ----
\* TLCGet("level") in an action; 0 while initial states are made.
EXTENDS Naturals, TLC
VARIABLES x, at
Init == x \in 0..1 /\ at = TLCGet("level")
Next == x < 5 /\ x' = x + 1 /\ at' = TLCGet("level")
====
