---- MODULE SymmetryUnion ----
\* SYMMETRY: the union of two sets generates the product of their groups.
EXTENDS TLC, Naturals
CONSTANTS P, Q
VARIABLES x, y
Both == Permutations(P) \cup Permutations(Q)
Init == x = {} /\ y \in [Q -> 0..1]
Next == \/ \E p \in P \ x : x' = x \cup {p} /\ UNCHANGED y
        \/ \E q \in Q : y' = [y EXCEPT ![q] = 1 - @] /\ UNCHANGED x
====
