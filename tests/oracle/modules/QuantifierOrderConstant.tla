---- MODULE QuantifierOrderConstant ----
\* Next over constant sets: the first of several names changes fastest.
EXTENDS Naturals
VARIABLES level, number
Init == level = 0 /\ number = 0
Step(i, j) == level = 0 /\ level' = 1 /\ number' = 2 * i + j
Next ==
    \/ \E i \in 0..1, j \in 0..1 : Step(i, j)
    \/ level = 1 /\ number = 2 /\ level' = 2 /\ number' \in {0, 3, 4}
Same == <<level, number \in {1, 2}>>
====
