---- MODULE SpecificationLet ----
\* Spec unfolded through LET.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 4
Spec == LET all == Init /\ [][Next]_x IN all
====
