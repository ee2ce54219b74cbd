---- MODULE BranchValue ----
\* A disjunction that is met as a value does not branch.
EXTENDS Naturals
VARIABLE x
Pair(a) == <<a, x>>
Init == x = 0
Next == \/ x < 3 /\ (IF x = 0 \/ x < 2 THEN x' = x + 1 ELSE x' = 3)
        \/ Pair(x = 1 \/ x < 2)[1] /\ x' = 0
====
