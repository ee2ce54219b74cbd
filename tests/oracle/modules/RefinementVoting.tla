---- MODULE RefinementVoting ----
\* Votes that can be changed do not refine consensus.
EXTENDS Integers, FiniteSets
CONSTANTS Value, Acceptor
VARIABLES votes
chosen == {v \in Value : Cardinality({a \in Acceptor : votes[a] = v}) >= 2}
none == CHOOSE n : n \notin Value
Init == votes = [a \in Acceptor |-> 0]
Vote(a, v) == votes' = [votes EXCEPT ![a] = v]
Next == \E a \in Acceptor, v \in Value : Vote(a, v)
Spec == Init /\ [][Next]_votes
C == INSTANCE RefinementVotingConsensus
Refines == C!Spec
====
