---- MODULE ErrorMixedMeet ----
\* Elements of kinds that cannot be compared, met where a set is gone through.
EXTENDS Naturals, FiniteSets
VARIABLE x

Init == x = 0
Next == x < 3 /\ x' = x + 1 /\ (x = 1 => 1 \in {1, "a"} \cap {1})
====
