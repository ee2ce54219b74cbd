---- MODULE LetClosedSet ----
\* A constant set in which names are bound, inside a LET of an action with parameters.
EXTENDS Naturals, FiniteSets
VARIABLES x, y

Init == x = 0 /\ y = 0
Step(n) == LET more == n IN y' \in {Cardinality({k \in 0..2 : k < 1}), 2} /\ x' = (x + more) % 3
Jump(n) == LET all == n IN x' = all /\ y' \in {[k \in 0..1 |-> k + 1][1], Cardinality({k + 1 : k \in 0..2})}
Next == \E n \in 0..1 : Step(n) \/ Jump(n)
====
