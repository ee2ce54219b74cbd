---- MODULE RefinementConsensus ----
\* Votes refine consensus, until nobody can vote any more.
EXTENDS Integers, FiniteSets
CONSTANTS Value, Acceptor, Quorum, Ballot
VARIABLES votes, maxBal
VotedFor(a, b, v) == <<b, v>> \in votes[a]
DidNotVoteAt(a, b) == \A v \in Value : ~ VotedFor(a, b, v)
ChosenAt(b, v) == \E Q \in Quorum : \A a \in Q : VotedFor(a, b, v)
chosen == {v \in Value : \E b \in Ballot : ChosenAt(b, v)}
CannotVoteAt(a, b) == maxBal[a] > b /\ DidNotVoteAt(a, b)
NoneOtherChoosableAt(b, v) == \E Q \in Quorum : \A a \in Q : VotedFor(a, b, v) \/ CannotVoteAt(a, b)
SafeAt(b, v) == \A c \in 0 .. (b - 1) : NoneOtherChoosableAt(c, v)
ShowsSafeAt(Q, b, v) == /\ \A a \in Q : maxBal[a] >= b
                        /\ \E c \in -1 .. (b - 1) :
                              /\ (c # -1) => \E a \in Q : VotedFor(a, c, v)
                              /\ \A d \in (c + 1) .. (b - 1), a \in Q : DidNotVoteAt(a, d)
Init == votes = [a \in Acceptor |-> {}] /\ maxBal = [a \in Acceptor |-> -1]
IncreaseMaxBal(a, b) == b > maxBal[a] /\ maxBal' = [maxBal EXCEPT ![a] = b] /\ UNCHANGED votes
VoteFor(a, b, v) == /\ maxBal[a] <= b
                    /\ \A vt \in votes[a] : vt[1] # b
                    /\ \A c \in Acceptor \ {a} : \A vt \in votes[c] : (vt[1] = b) => (vt[2] = v)
                    /\ \E Q \in Quorum : ShowsSafeAt(Q, b, v)
                    /\ votes' = [votes EXCEPT ![a] = @ \cup {<<b, v>>}]
                    /\ maxBal' = [maxBal EXCEPT ![a] = b]
Next == \E a \in Acceptor, b \in Ballot : IncreaseMaxBal(a, b) \/ \E v \in Value : VoteFor(a, b, v)
Spec == Init /\ [][Next]_<<votes, maxBal>>
Qs == {{a1x, b1x} : a1x \in Acceptor, b1x \in Acceptor} \ {{z} : z \in Acceptor}
Bs == 0 .. 1
C == INSTANCE RefinementConsensusConsensus
Refines == C!Spec
OneChosen == C!Inv
====
