---- MODULE SystemBlocks ----
EXTENDS Naturals, FiniteSets, Sequences, TLC
CONSTANTS Hash, NoHashVal, Key, Supply, NoBlockVal
VARIABLES lastHash, blocks, received
vars == <<lastHash, blocks, received>>
\* hashes are model values, given out in order through a function that is a variable of its own
HashSeq == CHOOSE s \in [1..Cardinality(Hash) -> Hash] : \A i, j \in DOMAIN s : i # j => s[i] # s[j]
Init == /\ lastHash = 0 /\ blocks = [h \in Hash |-> NoBlockVal] /\ received = {}
Used == {h \in Hash : blocks[h] # NoBlockVal}
RECURSIVE Balance(_)
Balance(h) == LET b == blocks[h] IN
  CASE b.type = "genesis" -> b.balance
    [] b.type = "open" -> Balance(blocks[b.source].prev) - blocks[b.source].balance
    [] b.type = "send" -> b.balance
    [] b.type = "receive" -> Balance(b.prev) + (Balance(blocks[b.source].prev) - blocks[b.source].balance)
Account(h) == blocks[h].acct
Heads(k) == {h \in Used : Account(h) = k /\ ~\E g \in Used : blocks[g].type # "genesis" /\ blocks[g].type # "open" /\ blocks[g].prev = h}
Put(b) == /\ lastHash < Cardinality(Hash) /\ lastHash' = lastHash + 1 /\ blocks' = [blocks EXCEPT ![HashSeq[lastHash + 1]] = b]
Genesis == /\ lastHash = 0 /\ \E k \in Key : Put([type |-> "genesis", acct |-> k, balance |-> Supply]) /\ UNCHANGED received
Send == \E k, d \in Key : \E h \in Heads(k) : \E bal \in 0..(Supply - 1) :
          /\ d # k /\ bal < Balance(h) /\ Put([type |-> "send", acct |-> k, prev |-> h, balance |-> bal, dest |-> d]) /\ UNCHANGED received
Open == \E k \in Key : \E s \in Used : /\ Heads(k) = {} /\ blocks[s].type = "send" /\ blocks[s].dest = k /\ s \notin received
          /\ Put([type |-> "open", acct |-> k, source |-> s]) /\ received' = received \cup {s}
Receive == \E k \in Key : \E h \in Heads(k) : \E s \in Used : /\ blocks[s].type = "send" /\ blocks[s].dest = k /\ s \notin received
          /\ Put([type |-> "receive", acct |-> k, prev |-> h, source |-> s]) /\ received' = received \cup {s}
Next == Genesis \/ Send \/ Open \/ Receive
Spec == Init /\ [][Next]_vars
RECURSIVE SumB(_)
SumB(S) == IF S = {} THEN 0 ELSE LET k == CHOOSE k \in S : TRUE IN
  (IF Heads(k) = {} THEN 0 ELSE Balance(CHOOSE h \in Heads(k) : TRUE)) + SumB(S \ {k})
Amount(s) == Balance(blocks[s].prev) - blocks[s].balance
RECURSIVE Pending(_)
Pending(S) == IF S = {} THEN 0 ELSE LET s == CHOOSE s \in S : TRUE IN Amount(s) + Pending(S \ {s})
Conserved == Used # {} => SumB(Key) + Pending({s \in Used : blocks[s].type = "send"} \ received) = Supply
OneHead == \A k \in Key : Cardinality(Heads(k)) <= 1
====
