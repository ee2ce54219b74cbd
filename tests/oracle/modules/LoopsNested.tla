---- MODULE LoopsNested ----
\* Quantifiers inside one another, parts of whose bodies depend on the outer names alone.
EXTENDS Integers, FiniteSets
CONSTANT N
VARIABLES grid, moved
Row == 1..N
Init == grid \in [Row -> [Row -> {0, 1}]] /\ moved = 0
Line(i) == \A j \in Row : grid[i][j] = 1
Weight(i) == Cardinality({j \in Row : grid[i][j] = 1})
Dominates(i, k) == \A j \in Row : grid[k][j] = 1 => grid[i][j] = 1
Next == \E i, k \in Row :
    /\ i # k
    /\ Weight(i) > Weight(k)
    /\ \E j \in Row : /\ grid[i][j] = 1 /\ grid[k][j] = 0
                      /\ grid' = [grid EXCEPT ![i][j] = 0, ![k][j] = 1]
                      /\ moved' = Weight(i) - Weight(k)
Weighed == /\ \A i, k \in Row : Dominates(i, k) /\ i # k => Weight(i) >= Weight(k)
           /\ \A i \in Row : Line(i) <=> Weight(i) = N
           /\ \E i \in Row : \A k \in Row : Weight(i) >= Weight(k)
Compared == /\ \A i, k \in Row : \A j \in Row :
                 (\E l \in Row : grid[i][l] # grid[k][l]) \/ grid[i][j] = grid[k][j]
            /\ {Weight(i) : i \in {x \in Row : \A y \in Row : Weight(x) >= Weight(y)}} # {}
Summed == LET S[i \in 0..N] == IF i = 0 THEN 0 ELSE S[i - 1] + Weight(i) IN S[N] <= N * N
====
