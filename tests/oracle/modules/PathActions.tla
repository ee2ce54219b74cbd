---- MODULE PathActions ----
\* Parts of an action are actions.
EXTENDS Naturals
VARIABLE x
A == /\ x < 3
     /\ x' = x + 1
B == \E i \in 1..2 : x' = i
Init == x = 0
Next == (A!1 /\ A!2) \/ B!(1) \/ (x = 1 /\ x' = A!2!2!1 + 1)
====
