---- MODULE LiveTautologyBeside ----
\* A conjunct that nothing can violate is passed over beside others.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Pairs == \A i \in 0..2 : \A j \in 0..2 : i # j => (x = i ~> x = j)
====
