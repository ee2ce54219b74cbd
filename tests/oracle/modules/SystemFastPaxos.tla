---- MODULE SystemFastPaxos ----
EXTENDS Naturals, FiniteSets
CONSTANTS Any, None, Replicas, Values, Ballots, Quorums
VARIABLES messages, decision, maxBallot, maxVBallot, maxValue, cValue
Q == {q \in SUBSET Replicas : Cardinality(q) = 2}
FQ == {q \in SUBSET Replicas : Cardinality(q) = 3}
FastBallots == {0}
ClassicBallots == Ballots \ FastBallots
ASSUME /\ \A q, r \in Quorums : q \intersect r /= {}
ASSUME Ballots \subseteq Nat
vars == <<messages, decision, maxBallot, maxVBallot, maxValue, cValue>>
PaxosMessage == UNION {
   [type : {"P1a"}, ballot : Ballots \ {0}],
   [type : {"P1b"}, acceptor : Replicas, ballot : Ballots, maxVBallot : Ballots \union {99}, maxValue : Values \union {None}],
   [type : {"P2a"}, ballot : Ballots, value : Values \union {Any}],
   [type : {"P2b"}, acceptor : Replicas, ballot : Ballots, value : Values]}
TypeOK == /\ messages \in SUBSET PaxosMessage
          /\ decision \in Values \union {None}
          /\ maxBallot \in [Replicas -> Ballots]
          /\ maxValue \in [Replicas -> Values \union {None}]
SendMessage(m) == messages' = messages \union {m}
Init == /\ messages = {[type |-> "P2a", ballot |-> 0, value |-> Any]}
        /\ decision = None
        /\ maxBallot = [r \in Replicas |-> 0]
        /\ maxVBallot = [r \in Replicas |-> 99]
        /\ maxValue = [r \in Replicas |-> None]
        /\ cValue = [b \in Ballots |-> IF b = 0 THEN Any ELSE None]
FastAccept == /\ UNCHANGED <<decision, maxBallot, cValue>>
              /\ \E a \in Replicas, v \in Values, m \in messages :
                   /\ m.type = "P2a" /\ m.value = Any /\ m.ballot = maxBallot[a]
                   /\ maxVBallot[a] = 99 
                   /\ maxVBallot' = [maxVBallot EXCEPT ![a] = m.ballot]
                   /\ maxValue' = [maxValue EXCEPT ![a] = v]
                   /\ SendMessage([type |-> "P2b", ballot |-> m.ballot, acceptor |-> a, value |-> v])
P1a == /\ UNCHANGED <<decision, maxBallot, maxVBallot, maxValue, cValue>>
       /\ \E b \in ClassicBallots : SendMessage([type |-> "P1a", ballot |-> b])
P1b == /\ UNCHANGED <<decision, maxVBallot, maxValue, cValue>>
       /\ \E a \in Replicas, m \in messages :
            /\ m.type = "P1a" /\ maxBallot[a] < m.ballot
            /\ maxBallot' = [maxBallot EXCEPT ![a] = m.ballot]
            /\ SendMessage([type |-> "P1b", ballot |-> m.ballot, acceptor |-> a, maxVBallot |-> maxVBallot[a], maxValue |-> maxValue[a]])
P2a == /\ UNCHANGED <<decision, maxBallot, maxVBallot, maxValue>>
       /\ \E b \in ClassicBallots, q \in Quorums :
            /\ cValue[b] = None
            /\ \A a \in q : \E m \in messages : m.type = "P1b" /\ m.acceptor = a /\ m.ballot = b
            /\ LET votes == {m \in messages : m.type = "P1b" /\ m.ballot = b /\ m.acceptor \in q /\ m.maxVBallot # 99}
                   k == CHOOSE x \in {m.maxVBallot : m \in votes} : \A y \in {m.maxVBallot : m \in votes} : x >= y
                   top == {m \in votes : m.maxVBallot = k}
                   vals == {m.maxValue : m \in top}
               IN \E v \in Values :
                  /\ \/ votes = {}
                     \/ vals = {v}
                     \/ /\ Cardinality(vals) > 1
                        /\ v \in vals
                        /\ \A w \in vals : Cardinality({m \in top : m.maxValue = v}) >= Cardinality({m \in top : m.maxValue = w})
                  /\ cValue' = [cValue EXCEPT ![b] = v]
                  /\ SendMessage([type |-> "P2a", ballot |-> b, value |-> v])
P2b == /\ UNCHANGED <<decision, cValue>>
       /\ \E a \in Replicas, m \in messages :
            /\ m.type = "P2a" /\ m.value \in Values /\ maxBallot[a] <= m.ballot
            /\ maxBallot' = [maxBallot EXCEPT ![a] = m.ballot]
            /\ maxVBallot' = [maxVBallot EXCEPT ![a] = m.ballot]
            /\ maxValue' = [maxValue EXCEPT ![a] = m.value]
            /\ SendMessage([type |-> "P2b", ballot |-> m.ballot, acceptor |-> a, value |-> m.value])
Decide == /\ UNCHANGED <<messages, maxBallot, maxVBallot, maxValue, cValue>>
          /\ \E b \in Ballots : \E q \in (IF b \in FastBallots THEN FQ ELSE Quorums) :
             LET M == {m \in messages : m.type = "P2b" /\ m.ballot = b /\ m.acceptor \in q}
                 V == {w \in Values : \A a \in q : \E m \in M : m.value = w /\ m.acceptor = a}
             IN /\ V # {} /\ decision' = CHOOSE w \in V : TRUE
Next == FastAccept \/ P1a \/ P1b \/ P2a \/ P2b \/ Decide
Spec == Init /\ [][Next]_vars
Consistent == [][decision = None \/ decision' = decision]_decision
Nontrivial == decision \in Values \union {None}
====
