---- MODULE ConfigOperatorByAction ----
\* A constant operator is replaced by one that speaks of variables, and assigns them.
EXTENDS Naturals, FiniteSets
CONSTANTS Hash, Node, Calc(_, _, _), Better(_), NoHash
VARIABLES lastHash, ledger, hashFn
vars == <<lastHash, ledger, hashFn>>
Init == lastHash = NoHash /\ ledger = [n \in Node |-> {}] /\ hashFn = [h \in Hash |-> NoHash]
CalcImpl(block, old, new) ==
  IF \E h \in Hash : hashFn[h] = block
  THEN /\ UNCHANGED hashFn
       /\ new = CHOOSE h \in Hash : hashFn[h] = block
  ELSE /\ new \in {h \in Hash : hashFn[h] = NoHash}
       /\ hashFn' = [hashFn EXCEPT ![new] = block]
BetterImpl(n) == Cardinality(ledger[n]) < 2
Create(n) == /\ Better(n)
             /\ \E v \in 1..2 :
                  /\ lastHash' \in Hash
                  /\ Calc(<<n, v>>, lastHash, lastHash')
                  /\ ledger' = [ledger EXCEPT ![n] = @ \cup {lastHash'}]
Drop(n) == ledger[n] # {} /\ ledger' = [ledger EXCEPT ![n] = {}] /\ UNCHANGED <<lastHash, hashFn>>
Next == \E n \in Node : Create(n) \/ Drop(n)
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Inv == \A n \in Node : Better(n) \/ Cardinality(ledger[n]) = 2
Live == []<>(\E n \in Node : Better(n))
In == INSTANCE ConfigOperatorByActionA
InvA == In!Fine
====
