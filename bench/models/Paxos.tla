------------------------------- MODULE Paxos -------------------------------
(* Single-decree Paxos. Messages are never lost from `msgs`: an acceptor may *)
(* answer one late, twice, or never, which covers loss and duplication.      *)
EXTENDS Integers

CONSTANTS Acceptors, Values, Ballots, Quorums

VARIABLES
    promised,  \* the highest ballot that each acceptor has heard of, -1 at first
    voted,     \* the ballot in which each acceptor voted last, -1 at first
    vote,      \* and the value it voted for
    msgs       \* all messages ever sent

vars == <<promised, voted, vote, msgs>>

Nothing == "nothing"

Message ==
    [type : {"prepare"}, ballot : Ballots]
        \cup [type : {"promise"}, from : Acceptors, ballot : Ballots,
              voted : Ballots \cup {-1}, vote : Values \cup {Nothing}]
        \cup [type : {"propose", "accepted"}, from : Acceptors \cup {Nothing},
              ballot : Ballots, value : Values]

TypeOK ==
    /\ promised \in [Acceptors -> Ballots \cup {-1}]
    /\ voted \in [Acceptors -> Ballots \cup {-1}]
    /\ vote \in [Acceptors -> Values \cup {Nothing}]
    /\ msgs \subseteq Message

Init ==
    /\ promised = [a \in Acceptors |-> -1]
    /\ voted = [a \in Acceptors |-> -1]
    /\ vote = [a \in Acceptors |-> Nothing]
    /\ msgs = {}

Send(m) == msgs' = msgs \cup {m}

Prepare(b) ==
    /\ Send([type |-> "prepare", ballot |-> b])
    /\ UNCHANGED <<promised, voted, vote>>

Promise(a) == \E m \in msgs :
    /\ m.type = "prepare"
    /\ m.ballot > promised[a]
    /\ promised' = [promised EXCEPT ![a] = m.ballot]
    /\ Send([type |-> "promise", from |-> a, ballot |-> m.ballot,
             voted |-> voted[a], vote |-> vote[a]])
    /\ UNCHANGED <<voted, vote>>

\* A quorum has promised; the value of its latest vote, if there is one, must be proposed.
Propose(b, v) ==
    /\ ~ \E m \in msgs : m.type = "propose" /\ m.ballot = b
    /\ \E Q \in Quorums :
         LET promises == {m \in msgs : m.type = "promise" /\ m.ballot = b /\ m.from \in Q}
             votes == {m \in promises : m.voted >= 0}
         IN  /\ \A a \in Q : \E m \in promises : m.from = a
             /\ \/ votes = {}
                \/ \E m \in votes : m.vote = v /\ \A n \in votes : n.voted <= m.voted
    /\ Send([type |-> "propose", from |-> Nothing, ballot |-> b, value |-> v])
    /\ UNCHANGED <<promised, voted, vote>>

Accept(a) == \E m \in msgs :
    /\ m.type = "propose"
    /\ m.ballot >= promised[a]
    /\ promised' = [promised EXCEPT ![a] = m.ballot]
    /\ voted' = [voted EXCEPT ![a] = m.ballot]
    /\ vote' = [vote EXCEPT ![a] = m.value]
    /\ Send([type |-> "accepted", from |-> a, ballot |-> m.ballot, value |-> m.value])

Next ==
    \/ \E b \in Ballots : Prepare(b) \/ \E v \in Values : Propose(b, v)
    \/ \E a \in Acceptors : Promise(a) \/ Accept(a)

Spec == Init /\ [][Next]_vars

Chosen(v) == \E b \in Ballots : \E Q \in Quorums : \A a \in Q :
    \E m \in msgs : m.type = "accepted" /\ m.from = a /\ m.ballot = b /\ m.value = v

Agreement == \A v, w \in Values : Chosen(v) /\ Chosen(w) => v = w
=============================================================================
