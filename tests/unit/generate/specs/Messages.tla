----------------------------- MODULE Messages -----------------------------
(* Sets of records, choices that depend on the state, SUBSET, UNION, function sets, model values. *)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS Nodes, None, Rounds

VARIABLES msgs, votes, leader, seen, table

vars == <<msgs, votes, leader, seen, table>>

Quorums == {q \in SUBSET Nodes : 2 * Cardinality(q) > Cardinality(Nodes)}
Message == [kind : {"ask"}, round : Rounds] \cup [kind : {"vote"}, round : Rounds, from : Nodes]

TypeOK ==
    /\ votes \in [Nodes -> SUBSET Rounds]
    /\ leader \in Nodes \cup {None}
    /\ seen \in SUBSET (Nodes \X Rounds)
    /\ table \in [Nodes \X Rounds -> 0..1]

Init ==
    /\ msgs = {}
    /\ votes = [n \in Nodes |-> {}]
    /\ leader = None
    /\ seen = {}
    /\ table = [n \in Nodes, r \in Rounds |-> 0]

Ask(r) ==
    /\ ~ \E m \in msgs : m.round = r
    /\ msgs' = msgs \cup {[round |-> r, by |-> "ask"]}
    /\ UNCHANGED <<votes, leader, seen, table>>

Vote(n) ==
    \E m \in msgs :
        /\ m.round \notin votes[n]
        /\ \A r \in votes[n] : r < m.round
        /\ votes' = [votes EXCEPT ![n] = @ \cup {m.round}]
        /\ seen' = seen \cup {<<n, m.round>>}
        /\ table' = [table EXCEPT ![n, m.round] = 1]
        /\ UNCHANGED <<msgs, leader>>

Elect(n, r) ==
    /\ leader = None
    /\ \E q \in Quorums : \A v \in q : r \in votes[v]
    /\ leader' \in {v \in Nodes : r \in votes[v]}
    /\ n = leader'
    /\ UNCHANGED <<msgs, votes, seen, table>>

Retire ==
    /\ leader # None
    /\ leader' = None
    /\ msgs' = {m \in msgs : m.round \notin UNION {votes[n] : n \in Nodes}}
    /\ UNCHANGED <<votes, seen, table>>

Receive(m) ==
    /\ m.round \in DOMAIN [r \in Rounds |-> r]
    /\ leader # None
    /\ msgs' = msgs \ {m}
    /\ UNCHANGED <<votes, leader, seen, table>>

Next ==
    \/ \E r \in Rounds : Ask(r)
    \/ \E n \in Nodes : Vote(n)
    \/ \E n \in Nodes, r \in Rounds : Elect(n, r)
    \/ Retire
    \/ \E m \in msgs : Receive(m)

Spec == Init /\ [][Next]_vars

Agree == seen = {p \in Nodes \X Rounds : p[2] \in votes[p[1]]}
Counted == \A n \in Nodes, r \in Rounds : table[n, r] = 1 <=> r \in votes[n]
Subsets == {votes[n] : n \in Nodes} \subseteq SUBSET Rounds
Maps == Cardinality([{1, 2} -> {0, 1}]) = 4 /\ \E f \in [{1} -> {0, 1}] : f[1] = 1
Merged == (1 :> "a" @@ 2 :> "b") = (2 :> "b" @@ 1 :> "a")
=============================================================================
