---- MODULE RefinementConsensusConsensus ----
EXTENDS Naturals, FiniteSets
CONSTANT Value
VARIABLE chosen
TypeOK == chosen \subseteq Value /\ IsFiniteSet(chosen)
Init == chosen = {}
Next == chosen = {} /\ \E v \in Value : chosen' = {v}
Spec == Init /\ [][Next]_chosen
Inv == TypeOK /\ Cardinality(chosen) <= 1
Success == <>(chosen # {})
====
