---- MODULE SymmetryNested ----
\* SYMMETRY: model values are exchanged at every depth, in domains and in sets of records.
EXTENDS TLC, Naturals
CONSTANT P
VARIABLES votes, sent
Perms == Permutations(P)
Init == votes = [p \in P |-> {}] /\ sent = {}
Next == \E p, q \in P :
          /\ [from |-> p, to |-> q] \notin sent
          /\ sent' = sent \cup {[from |-> p, to |-> q]}
          /\ votes' = [votes EXCEPT ![q] = @ \cup {p}]
====
