---- MODULE SystemLife ----
EXTENDS Integers
CONSTANT N
VARIABLE grid
RECURSIVE Sum(_, _)
Sum(f, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN f[x] + Sum(f, S \ {x})
Pos == {<<x, y>> : x, y \in 1..N}
sc == [<<x, y>> \in {<<x, y>> : x, y \in 0..N+1} |-> CASE \/ x = 0 \/ y = 0 \/ x = N + 1 \/ y = N + 1 -> 0
                                                    [] OTHER -> IF grid[<<x, y>>] THEN 1 ELSE 0]
score(p) == LET nbrs == {x \in {-1, 0, 1} \X {-1, 0, 1} : x /= <<0, 0>>}
                points == {<<p[1] + x, p[2] + y>> : <<x, y>> \in nbrs}
            IN Sum([q \in points |-> sc[q]], points)
Init == grid \in [Pos -> BOOLEAN]
Next == grid' = [p \in Pos |-> IF \/ (grid[p] /\ score(p) \in {2, 3}) \/ (~grid[p] /\ score(p) = 3) THEN TRUE ELSE FALSE]
Spec == Init /\ [][Next]_grid
Alive == {p \in Pos : grid[p]}
Still == (\A p \in Alive : score(p) \in {2, 3}) /\ (\A p \in Pos \ Alive : score(p) # 3)
Sane == Still => grid = [p \in Pos |-> p \in Alive]
====
