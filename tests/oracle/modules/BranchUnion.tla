---- MODULE BranchUnion ----
\* An element of several parts is tried for each of them, unless all parts are written out.
EXTENDS Naturals, Sequences, FiniteSets
VARIABLES step, log

Logs == UNION {DOMAIN log[i] : i \in DOMAIN log}
UpTo(n) == 1..n
Thrice(S) == IF Cardinality(S) = 3 THEN S ELSE {}

Take(S) == \E v \in S : step' = step + 1

Init == /\ step \in UNION {0..0, 0..1, {1}}
        /\ log = <<<<1, 2>>, <<1, 2, 3>>>>

Next ==
    /\ UNCHANGED log
    /\ CASE step = 0 -> Take(UNION {{1, 2}, {2, 3}})
         [] step = 1 -> Take(UNION {UpTo(2), 2..3})
         [] step = 2 -> Take(Logs)
         [] step = 3 -> Take(UNION SUBSET {1, 2})
         [] step = 4 -> Take(UNION {UNION {1..2, 2..3}, {3, 4}})
         [] step = 5 -> Take(Thrice(UNION {1..2, 2..3}))
         [] step = 6 -> step' \in UNION {{i, 7} : i \in 8..9}
         [] step = 7 -> step' \in UNION {i..8 : i \in 7..8}
         [] step = 8 -> Take({i \in UNION {1..2, 2..3} : i > 1})
         [] step = 9 -> \E f \in [1..2 -> UNION {1..2, 2..3}], r \in [a : UNION {1..1, {1, 2}}] :
                            step' = IF f[1] = r.a THEN 10 ELSE 11
         [] step = 10 -> Take((UNION {1..2, 2..3}) \X (UNION {{1}, {1, 2}}))
         [] step = 11 -> Take(SUBSET UNION {1..2, 2..3})
         [] step = 12 -> Take(UNION {3..4, UNION {1..2, 2..3}})
         [] OTHER -> step' = step
====
