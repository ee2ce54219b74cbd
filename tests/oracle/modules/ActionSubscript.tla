---- MODULE ActionSubscript ----
\* <<A>>_v and [A]_v as actions.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Move == x' \in 0..2
Next == <<Move>>_x \/ (x = 2 /\ [x' = 5 /\ FALSE]_x)
====
