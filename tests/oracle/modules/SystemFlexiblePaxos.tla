---- MODULE SystemFlexiblePaxos ----
(* Paxos with other quorums for each phase; messages are in sets by their kind. *)
EXTENDS Naturals, FiniteSets, TLC
CONSTANTS Acceptors, Quorum1, Quorum2, Ballots, Vals, NoVal
ASSUME \A q1 \in Quorum1, q2 \in Quorum2 : q1 \intersect q2 /= {}
VARIABLE maxBal, maxVBal, maxVal, msgs, owner
vars == <<maxBal, maxVBal, maxVal, msgs, owner>>
Init == /\ maxBal = [a \in Acceptors |-> 0]
        /\ maxVBal = [a \in Acceptors |-> 0]
        /\ maxVal = [a \in Acceptors |-> NoVal]
        /\ owner \in [Ballots -> Vals]
        /\ msgs = [ t \in {"1a", "1b", "2a", "2b"} |-> {} ]
Put(t, m) == msgs' = [msgs EXCEPT ![t] = @ \union {m}]
P1a(b) == /\ <<b>> \notin msgs["1a"]
          /\ Put("1a", <<b>>)
          /\ UNCHANGED <<maxBal, maxVBal, maxVal, owner>>
P1b(a) == \E m \in msgs["1a"] :
             LET b == m[1] IN
             /\ b > maxBal[a]
             /\ maxBal' = [maxBal EXCEPT ![a] = b]
             /\ Put("1b", <<a, b, maxVBal[a], maxVal[a]>>)
             /\ UNCHANGED <<maxVBal, maxVal, owner>>
P2a(b) == /\ \A m \in msgs["2a"] : m[1] /= b
          /\ \E q \in Quorum1 :
             LET S == {m \in msgs["1b"] : m[1] \in q /\ m[2] = b}
                 top == CHOOSE n \in {m[3] : m \in S} \union {0} : \A m \in S : m[3] <= n
             IN /\ {m[1] : m \in S} = q
                /\ Put("2a", <<b, IF top = 0 THEN owner[b] ELSE (CHOOSE m \in S : m[3] = top)[4]>>)
          /\ UNCHANGED <<maxBal, maxVBal, maxVal, owner>>
P2b(a) == \E m \in msgs["2a"] :
             /\ m[1] >= maxBal[a]
             /\ maxBal' = [maxBal EXCEPT ![a] = m[1]]
             /\ maxVBal' = [maxVBal EXCEPT ![a] = m[1]]
             /\ maxVal' = [maxVal EXCEPT ![a] = m[2]]
             /\ Put("2b", <<a, m[1], m[2]>>)
             /\ UNCHANGED owner
Next == (\E b \in Ballots : P1a(b) \/ P2a(b)) \/ (\E a \in Acceptors : P1b(a) \/ P2b(a))
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Chosen(v) == \E q \in Quorum2, b \in Ballots : \A a \in q : <<a, b, v>> \in msgs["2b"]
Agreed == \A v, w \in Vals : Chosen(v) /\ Chosen(w) => v = w
Eventually == <>(\E v \in Vals : Chosen(v))
Perms == Permutations(Vals)
====
