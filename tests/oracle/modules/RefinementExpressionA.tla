---- MODULE RefinementExpressionA ----
EXTENDS Naturals
VARIABLE h
Init == h \in 0 .. 3
Next == h' = (h + 1) % 4
Spec == Init /\ [][Next]_h
Live == \A n \in 0..3 : h = 0 ~> h = n
====
