---- MODULE ErrorRandomSubset ----
\* A random subset has a natural number of elements.
EXTENDS Integers, Randomization
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (RandomSubset(-1, 1..3) = {}))
====
