---- MODULE TautologyBeside ----
\* A property that nothing can violate is passed over beside one that says something.
EXTENDS Naturals
CONSTANT S
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Pairs == \A i \in S : \A j \in S : i # j => (x = i ~> x = j)
Premise == FALSE => <>(x = 7)
Recurs == []<>(x = 2)
====
