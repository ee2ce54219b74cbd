---- MODULE ErrorFiniteBase ----
\* Whether this set is finite cannot be told.
EXTENDS Integers, FiniteSets
VARIABLE x

Init == x = 0
Next == x' = IF ~IsFiniteSet(SUBSET {n \in Nat : n < 3}) THEN 1 ELSE 2
====
