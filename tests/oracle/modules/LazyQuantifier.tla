---- MODULE LazyQuantifier ----
\* Quantifiers and CHOOSE stop at the first element that decides.
EXTENDS Integers, FiniteSets

\* Rows.
ASSUME \E x \in 1..2000000000 : x > 5
ASSUME \E f \in [1..10 -> 1..10] : f[1] = 1
ASSUME (CHOOSE s \in SUBSET (1..15) : 15 \in s) = {15}
ASSUME (CHOOSE r \in [a : 1..100, b : 1..100] : r.b = 3) = [a |-> 1, b |-> 3]
====
