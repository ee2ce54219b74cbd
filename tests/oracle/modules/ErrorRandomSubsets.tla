---- MODULE ErrorRandomSubsets ----
\* Subsets have no more elements on average than there are.
EXTENDS Integers, Randomization
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (RandomSetOfSubsets(2, 5, 1..3) = {}))
====
