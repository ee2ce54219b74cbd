---- MODULE BranchImplication ----
\* => with a false left leaves the variables alone.
EXTENDS Naturals
VARIABLES x
Init == x = 0
Next == (x = 1 => x' = 0) /\ (x = 0 => x' = 1)
====
