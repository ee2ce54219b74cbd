---- MODULE ErrorApplyOutside ----
\* A function applied outside its domain.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (<<1, 2>>[3] = 1))
====
