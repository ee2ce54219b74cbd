---- MODULE RefinementSubscriptA ----
EXTENDS Naturals
VARIABLE v
vv == v
Next == v' = (v + 1) % 4
Q == [][v' # v]_v /\ [](v < 4) /\ [][Next]_<<v>>
====
