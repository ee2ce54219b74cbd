---- MODULE RepeatingCalls ----
EXTENDS Integers, FiniteSets
Rep(n) == UNION {1..n, 2..3}
Odd(n) == {v \in UNION {1..n, 2..3} : v # 2}
Fs(n) == [1..1 -> Rep(n)]
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == /\ x < 3 /\ x' = x + 1
        /\ \/ LET T == IF x >= 0 THEN Rep(3) ELSE {} IN (\E v \in T : y' = v) /\ Cardinality(T) = 3
           \/ LET T == IF x >= 0 THEN Odd(3) ELSE {} IN (\E v \in T : y' = v) /\ Cardinality(T) = 2
           \/ LET T == IF x >= 0 THEN Fs(3) ELSE {} IN (\E f \in T : y' = f[1]) /\ Cardinality(T) = 3
Inv == y < 5
====
