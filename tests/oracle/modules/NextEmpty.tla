---- MODULE NextEmpty ----
\* That there is no action is found where the first step would be taken.
CONSTANT Workers
VARIABLE x
Init == x = 0
Next == \E worker \in Workers : x' = 1
====
