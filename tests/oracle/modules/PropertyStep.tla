---- MODULE PropertyStep ----
\* PROPERTY [][A]_v on every step, stuttering aside.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' \in {x, (x + 1) % 4}
Spec == Init /\ [][Next]_x
Up == [][x' = x + 1 \/ x = 3]_x
====
