---- MODULE ErrorChooseNone ----
\* CHOOSE without a satisfying element.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => ((CHOOSE e \in {1} : e > 1) = 1))
====
