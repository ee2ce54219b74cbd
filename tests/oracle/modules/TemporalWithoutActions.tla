------------------------ MODULE TemporalWithoutActions ------------------------
\* A model that can only stutter.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc /\ x = 5
Spec == Init /\ [][Next]_vars
P == <>(x = 1)
==============================================================================
