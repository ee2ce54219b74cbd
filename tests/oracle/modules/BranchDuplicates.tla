---- MODULE BranchDuplicates ----
\* Each branch counts, also those that give the same state.
EXTENDS Naturals
VARIABLE x
Init == x = 0 \/ x = 0 \/ x \in {0, 1}
Next == \/ x' = 1 - x
        \/ x' = 1 - x
        \/ \E k \in 1..3 : x' = x
====
