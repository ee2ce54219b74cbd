---- MODULE TautologyConstant ----
\* A constant below a temporal operator: TLC does not see that nothing can violate it, and checks.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Recurs == []<>TRUE
====
