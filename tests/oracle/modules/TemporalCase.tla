----------------------------- MODULE TemporalCase -----------------------------
\* CASE between promises is refused.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc \/ Flip
Spec == Init /\ [][Next]_vars /\ WF_vars(Inc)
P == CASE x = 0 -> <>(x = 2) [] OTHER -> <>(y = 1)
==============================================================================
