---- MODULE PropertyInitial ----
\* PROPERTY P of a state holds for initial states.
EXTENDS Naturals
VARIABLE x
Init == x \in {0, 1}
Next == x' = 1 - x
Spec == Init /\ [][Next]_x
First == x = 0
====
