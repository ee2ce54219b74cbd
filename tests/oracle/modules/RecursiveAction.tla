---- MODULE RecursiveAction ----
\* A RECURSIVE operator that is an action.
EXTENDS Naturals
VARIABLES x, y
RECURSIVE Pick(_)
Pick(S) == IF S = {} THEN x' = 0 ELSE LET e == CHOOSE e \in S : TRUE IN x' = e \/ Pick(S \ {e})
Init == x = 0 /\ y = 0
Next == Pick({1, 2, 3}) /\ y' = x
====
