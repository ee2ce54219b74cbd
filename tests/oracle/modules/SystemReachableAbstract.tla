---- MODULE SystemReachableAbstract ----
EXTENDS Integers, FiniteSets
CONSTANTS Nodes, Root, Succ
VARIABLES marked, vroot, pc
vars == <<marked, vroot, pc>>
Init == marked = {} /\ vroot = {Root} /\ pc = "a"
a == /\ pc = "a"
     /\ IF vroot # {}
        THEN \E v \in vroot :
               \/ v \notin marked /\ marked' = marked \cup {v} /\ vroot' = vroot \cup Succ[v] /\ pc' = pc
               \/ v \in marked /\ vroot' = vroot \ {v} /\ UNCHANGED <<marked, pc>>
        ELSE pc' = "Done" /\ UNCHANGED <<marked, vroot>>
Next == a
====
