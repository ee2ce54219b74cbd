------------------------ MODULE TemporalSeveralInitial ------------------------
\* Each initial state begins behaviours of its own.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

Init == x \in {0, 2} /\ y = x \div 2
Inc == x < 2 /\ x' = x + 1 /\ y' = y
Flip == y' = 1 - y /\ x' = x
Next == Inc \/ Flip
Spec == Init /\ [][Next]_vars /\ WF_vars(Inc)
P == ((y = 0) => <>(x = 2)) /\ ((y = 1) => [](x = 2))
==============================================================================
