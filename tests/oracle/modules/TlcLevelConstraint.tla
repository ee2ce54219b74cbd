---- MODULE TlcLevelConstraint ----
\* TLCGet("level") is the level of the state that is expanded, also in a constraint.
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' \in {x + 1, x + 2}
Early == TLCGet("level") < 4
====
