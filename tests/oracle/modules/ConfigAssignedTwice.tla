---- MODULE ConfigAssignedTwice ----
\* Of several assignments the last counts, and a replacement before values.
EXTENDS Integers
CONSTANTS Low, High, Named, Set
VARIABLE x
Five == 5
Six == 6
Limit == 1
Init == x \in Set
Next == x < High /\ x' = x + 1
Counted == Low = 2 /\ High = 5 /\ Named = 6 /\ Limit = 6 /\ Set = {3, 4} /\ x >= Low
====
