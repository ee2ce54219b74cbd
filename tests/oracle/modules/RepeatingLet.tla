---- MODULE RepeatingLet ----
\* What a LET defines is computed at each use, also where it depends on nothing.
EXTENDS Integers, FiniteSets
VARIABLES x, y
Init == x = 1 /\ y = 0
Whole == UNION {1..2, 2..3}
Next == /\ x < 4 /\ x' = x + 1
        /\ \/ LET T == UNION {1..2, 2..3} IN Cardinality(T) > 0 /\ \E v \in T : y' = v
           \/ \E n \in 3..5 : LET T == UNION {1..n, 2..3} IN Cardinality(T) > 0 /\ \E v \in T : y' = v
           \/ LET T == {v \in UNION {1..2, 2..3} : v # 1} IN Cardinality(T) > 0 /\ \E v \in T : y' = v
           \/ Cardinality(Whole) > 0 /\ \E v \in Whole : y' = v
Inv == y < 6
====
