---- MODULE FunctionsOfSets ----
\* Functions into sets, updated at several places.
EXTENDS Naturals
CONSTANT Nodes
VARIABLE votes
Init == votes = [n \in Nodes |-> {}]
Vote(a, b) == votes' = [votes EXCEPT ![a] = @ \cup {b}, ![b] = @ \ {a}]
Next == \E a, b \in Nodes : a # b /\ Vote(a, b)
NoMutual == ~ \E a, b \in Nodes : a # b /\ b \in votes[a] /\ a \in votes[b]
====
