---- MODULE InstanceParameter ----
\* An instance for each process; fairness and liveness of each.
EXTENDS Naturals
VARIABLES f
P(i) == INSTANCE InstanceParameterA WITH x <- f, me <- i
Init == f = [j \in 1..3 |-> 0]
Next == \E i \in 1..3 : P(i)!Inc
Inv == \A i \in 1..3 : P(i)!Ok
Live == \A i \in 1..3 : P(i)!Live
Spec == Init /\ [][Next]_f /\ \A i \in 1..3 : WF_f(P(i)!Inc)
====
