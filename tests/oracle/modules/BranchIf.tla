---- MODULE BranchIf ----
\* IF branches by its condition, which may use primes that have a value.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == /\ x' \in 0..2
        /\ IF x' > x THEN y' \in {1, 2} ELSE y' = 0
====
