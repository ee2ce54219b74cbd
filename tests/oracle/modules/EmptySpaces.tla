---- MODULE EmptySpaces ----
\* Sets of functions, tuples and records with an empty part.
EXTENDS Integers, FiniteSets

\* Rows.
ASSUME [{} -> {}] = {<<>>} /\ [{} -> 1..3] = {<<>>} /\ [{1} -> {}] = {}
ASSUME [a : {}] = {} /\ {} \X {1} = {} /\ {1} \X {} = {}
ASSUME <<>> \in [{} -> Nat] /\ Cardinality([1..3 -> 1..2]) = 8 /\ SUBSET {} = {{}}
ASSUME UNION {} = {} /\ UNION {{}} = {}
====
