---- MODULE TautologyEmptySet ----
\* Over no value there is nothing to violate; the property beside it is violated.
EXTENDS Naturals
CONSTANT S
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Bounds == \A i \in S : [](x < i)
Steps == \A i \in S : [][x' # i]_x
Recurs == []<>(x = 7)
====
