---- MODULE TautologyViolation ----
\* An invariant is violated beside a property that nothing can violate.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Low == x < 2
Nothing == \A i \in {} : <>(x = i)
====
