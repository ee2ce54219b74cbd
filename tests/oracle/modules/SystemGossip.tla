---- MODULE SystemGossip ----
EXTENDS Integers, FiniteSets, Bags, TLC
CONSTANTS Rep, Elem, MaxTag
VARIABLES adds, rems, clock, net
vars == <<adds, rems, clock, net>>
Init == adds = [r \in Rep |-> {}] /\ rems = [r \in Rep |-> {}] /\ clock = [r \in Rep |-> 0] /\ net = EmptyBag
Live(r) == {e \in Elem : \E a \in adds[r] : a.e = e /\ a \notin rems[r]}
Add(r, e) == /\ clock[r] < MaxTag /\ clock' = [clock EXCEPT ![r] = @ + 1]
             /\ adds' = [adds EXCEPT ![r] = @ \cup {[e |-> e, r |-> r, n |-> clock'[r]]}] /\ UNCHANGED <<rems, net>>
Remove(r, e) == /\ e \in Live(r) /\ rems' = [rems EXCEPT ![r] = @ \cup {a \in adds[r] : a.e = e}] /\ UNCHANGED <<adds, clock, net>>
Push(r, q) == /\ r # q /\ BagCardinality(net) < 2
              /\ net' = net (+) SetToBag({[to |-> q, a |-> adds[r], d |-> rems[r]]}) /\ UNCHANGED <<adds, rems, clock>>
Pull == \E m \in BagToSet(net) : /\ net' = net (-) SetToBag({m})
           /\ adds' = [adds EXCEPT ![m.to] = @ \cup m.a] /\ rems' = [rems EXCEPT ![m.to] = @ \cup m.d] /\ UNCHANGED clock
Next == Pull \/ \E r \in Rep : (\E e \in Elem : Add(r, e) \/ Remove(r, e)) \/ \E q \in Rep : Push(r, q)
Spec == Init /\ [][Next]_vars
Converge == \A r, q \in Rep : adds[r] = adds[q] /\ rems[r] = rems[q] => Live(r) = Live(q)
RemovedWereAdded == \A r \in Rep : rems[r] \subseteq adds[r]
Bounded == BagCardinality(net) <= 2 /\ \A m \in DOMAIN net : CopiesIn(m, net) \in 1..2
====
