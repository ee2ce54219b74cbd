---- MODULE ConstantDrawnOnce ----
\* A constant definition is computed once in a run, though it draws at random or asks for the time.
EXTENDS TLC, Integers, Randomization
VARIABLE x
Drawn == RandomElement(1..1000000)
Twice == <<Drawn, Drawn>>
Chosen == RandomSubset(3, 1..1000)
Table == [i \in 1..3 |-> RandomElement(1..1000000)]
Init == x = 0
Next == x < 3 /\ x' = x + 1 /\ TLCSet(1, Drawn)
Same == x > 0 => TLCGet(1) = Drawn
Stays == Twice[1] = Drawn /\ Twice[2] = Drawn /\ Table = Table /\ Chosen = Chosen
====
