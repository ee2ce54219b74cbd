---- MODULE AssignIn ----
\* x' \in S branches; a second one filters.
EXTENDS Naturals
VARIABLE x
Init == x \in 0..2 /\ x \in 1..4
Next == x' \in 1..3 /\ x' \in 2..5
====
