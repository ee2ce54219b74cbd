---- MODULE QuantifierOrder ----
\* Of several names the first changes fastest: which state stands for a view, and what fails, tell.
EXTENDS Naturals
VARIABLES level, number
Init == level = 0 /\ number = 0
Next ==
    \/ level = 0 /\ level' = 1 /\ \E i, j \in {0, 1, level} : number' = 2 * i + j
    \/ level = 1 /\ number = 2 /\ level' = 2 /\ number' \in {0, 3, 4}
Same == <<level, number \in {1, 2}>>
Found == \E i \in {0, 1}, <<j>> \in {<<0>>, <<1>>} : IF i = 1 THEN TRUE ELSE 1 \div (1 - j) = 2
====
