---- MODULE PropertyForall ----
\* A quantifier over a constant set before [].
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x
All == \A k \in 3..4 : [](x < k)
====
