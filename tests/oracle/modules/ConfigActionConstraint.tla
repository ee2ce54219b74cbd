---- MODULE ConfigActionConstraint ----
\* ACTION_CONSTRAINT cuts off steps.
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = x + 1 \/ x' = x - 1
Near == x' \in -3..3 /\ x' # 2
====
