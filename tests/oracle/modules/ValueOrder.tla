---- MODULE ValueOrder ----
\* CHOOSE takes the least: by size, then element by element.
EXTENDS Integers, FiniteSets

\* Rows.
ASSUME (CHOOSE s \in {{2, 1}, {3}, {}} : TRUE) = {}
ASSUME (CHOOSE s \in {<<2>>, <<1, 1>>} : TRUE) = <<2>>
ASSUME (CHOOSE s \in {<<{2}, {1}>>, <<{1}, {2}>>} : TRUE) = <<{1}, {2}>>
ASSUME (CHOOSE s \in {[1..2 -> {5, 6}], [1..2 -> {4, 9}]} : TRUE) = [1..2 -> {4, 9}]
ASSUME (CHOOSE x \in {TRUE, FALSE} : TRUE) = FALSE
ASSUME (CHOOSE f \in [{{1}, {}} -> {1, 0}] : f[{}] # f[{1}]) = [s \in {{1}, {}} |-> IF s = {} THEN 0 ELSE 1]
====
