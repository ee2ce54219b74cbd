---- MODULE LazySubset ----
\* SUBSET S \subseteq SUBSET T asks whether S is a subset of T.
EXTENDS Integers, FiniteSets

\* Rows.
ASSUME SUBSET (1..100) \subseteq SUBSET (1..200)
ASSUME ~ (SUBSET (1..3) \subseteq SUBSET (1..2))
ASSUME 1..3 \subseteq 1..2147483647
====
