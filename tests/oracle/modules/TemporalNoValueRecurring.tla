---- MODULE TemporalNoValueRecurring ----
EXTENDS Naturals
VARIABLE x
f == [i \in 0..1 |-> i]
Init == x = 0
Next == x < 3 /\ x' = x + 1
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Asked == []<>(x = 3 \/ f[x] = 1)
====
