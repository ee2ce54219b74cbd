--------------------------- MODULE TemporalNegation ---------------------------
\* Never is the negation of eventually.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc \/ Flip
Spec == Init /\ [][Next]_vars /\ WF_vars(Inc)
P == ~<>(x = 3)
==============================================================================
