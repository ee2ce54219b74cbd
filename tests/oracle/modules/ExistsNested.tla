---- MODULE ExistsNested ----
\* \E within \E, over sets that depend on the state.
EXTENDS Naturals
VARIABLES x, s
Init == x = 0 /\ s = {}
Next == \E i \in 1..3 : \E j \in i..3 :
           /\ j \notin s
           /\ s' = s \cup {i, j}
           /\ x' = j
====
