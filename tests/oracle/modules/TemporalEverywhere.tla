---- MODULE TemporalEverywhere ----
\* What is true in each state is so at last, at all times again, and for ever.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Holds == <>(x < 3) /\ []<>TRUE /\ <>[](x < 3) /\ (TRUE ~> x < 3)
====
