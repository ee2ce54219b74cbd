---- MODULE ValueLogic ----
\* The Boolean connectives.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ (TRUE <=> TRUE) /\ ~(TRUE <=> FALSE)
  /\ (FALSE \equiv FALSE)
  /\ TRUE \in BOOLEAN
  /\ {TRUE, FALSE} = BOOLEAN
  /\ ~(x = 0 /\ x # 0)
  /\ (x = 0) \in BOOLEAN
  /\ IF x = 0 THEN TRUE ELSE x > 0
====
