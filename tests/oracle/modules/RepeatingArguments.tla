---- MODULE RepeatingArguments ----
\* What is given to an action is computed once: a use that counts it does so for those behind it.
EXTENDS Integers, FiniteSets
VARIABLES x, y
Init == x = 1 /\ y = 0
Choose(T) == \E v \in T : y' = v
Counted(T) == Cardinality(T) > 0 /\ Choose(T)
Behind(T) == Choose(T) /\ Cardinality(T) > 0
Opened(T) == LET V == T IN Cardinality(V) > 0 /\ Choose(V)
Asked(T) == 2 \in T /\ (\A v \in T : v > 0) /\ Choose(T)
Next == /\ x < 4 /\ x' = x + 1
        /\ \/ Counted(UNION {1..x, 2..3})
           \/ Behind(UNION {1..x, 2..4})
           \/ Opened(UNION {1..x, 2..5})
           \/ Asked(UNION {1..x, 2..6})
Inv == y < 7
====
