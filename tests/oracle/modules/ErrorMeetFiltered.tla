---- MODULE ErrorMeetFiltered ----
\* Elements of kinds that cannot be compared, met where a set is gone through.
EXTENDS Naturals, FiniteSets
VARIABLE x

Init == x = 0
Next == x < 3 /\ x' = x + 1 /\ (x = 1 => {v \in Nat \cap {"a"} : TRUE} = {})
====
