---- MODULE StandardRandomization ----
\* Randomization: what holds of any choice.
EXTENDS Integers, Sequences, FiniteSets, Randomization

\* Rows.
ASSUME Cardinality(RandomSubset(2, 1..5)) = 2
ASSUME RandomSubset(2, 1..5) \subseteq 1..5
ASSUME RandomSubset(9, 1..2) = 1..2
ASSUME RandomSubset(0, 1..2) = {}
ASSUME Cardinality(RandomSubset(3, [1..10 -> 1..10])) = 3
ASSUME \A f \in RandomSubset(3, [1..10 -> 1..10]) : f \in [1..10 -> 1..10]
ASSUME Cardinality(RandomSubset(3, SUBSET (1..12))) = 3
ASSUME RandomSetOfSubsets(0, 1, 1..3) = {}
ASSUME RandomSetOfSubsets(5, 3, 1..3) = {1..3}
ASSUME RandomSetOfSubsets(5, 0, 1..3) = {{}}
ASSUME RandomSetOfSubsets(3, 1, 1..3) \subseteq SUBSET (1..3)
ASSUME Cardinality(RandomSetOfSubsets(3, 1, 1..30)) <= 3
ASSUME Len(TestRandomSetOfSubsets(3, 1, 1..30)) = 5
====
