---- MODULE RefinementInitialViolatedA ----
EXTENDS Naturals
VARIABLE h
Init == h \in 0 .. 3
Next == TRUE
Spec == Init /\ [][Next]_h
====
