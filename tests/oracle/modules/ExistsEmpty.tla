---- MODULE ExistsEmpty ----
\* \E over the empty set is disabled: a deadlock.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == \/ x < 2 /\ x' = x + 1
        \/ \E k \in 3..x : x' = k
====
