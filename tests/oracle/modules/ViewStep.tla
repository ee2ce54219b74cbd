---- MODULE ViewStep ----
\* VIEW: an action property is checked on every step, also into a class that is known.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = (x + 1) % 3 /\ y' \in 0..2
Spec == Init /\ [][Next]_<<x, y>>
Low == [][y' < 2]_y
Part == x
====
