---- MODULE SystemSnapshotByColour ----
(* A snapshot where messages may overtake one another: they say whether their sender has been asked. *)
EXTENDS Integers, Bags, FiniteSets
CONSTANTS Proc, Money
VARIABLES bal, red, snap, net, sent, chan
vars == <<bal, red, snap, net, sent, chan>>
None == -1
Init == /\ bal = [p \in Proc |-> Money]
        /\ red = {}
        /\ snap = [p \in Proc |-> None]
        /\ net = EmptyBag
        /\ chan = [p \in Proc |-> 0]
        /\ sent = 0
TakeSnap(p) == /\ p \notin red
               /\ red' = red \cup {p}
               /\ snap' = [snap EXCEPT ![p] = bal[p]]
Start(p) == /\ red = {}
            /\ TakeSnap(p)
            /\ UNCHANGED <<bal, net, sent, chan>>
Send(p, q) == /\ bal[p] > 0 /\ sent < 4
              /\ bal' = [bal EXCEPT ![p] = @ - 1]
              /\ net' = net (+) SetToBag({[to |-> q, red |-> p \in red]})
              /\ sent' = sent + 1
              /\ UNCHANGED <<red, snap, chan>>
Deliver(m) == LET p == m.to IN
  /\ net' = net (-) SetToBag({m})
  /\ bal' = [bal EXCEPT ![p] = @ + 1]
  /\ IF m.red /\ p \notin red
     THEN red' = red \cup {p} /\ snap' = [snap EXCEPT ![p] = bal[p]] /\ chan' = chan
     ELSE /\ UNCHANGED <<red, snap>>
          /\ chan' = IF p \in red /\ ~m.red THEN [chan EXCEPT ![p] = @ + 1] ELSE chan
  /\ UNCHANGED sent
Next == \/ \E p \in Proc : Start(p)
        \/ \E p, q \in Proc : p # q /\ Send(p, q)
        \/ \E m \in BagToSet(net) : Deliver(m)
Spec == Init /\ [][Next]_vars /\ WF_vars(\E m \in BagToSet(net) : Deliver(m))
RECURSIVE SumF(_,_)
SumF(f, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE y \in S : TRUE IN f[x] + SumF(f, S \ {x})
White == BagCardinality([m \in {k \in BagToSet(net) : ~k.red} |-> CopiesIn(m, net)])
Done == red = Proc /\ White = 0
Consistent == Done => SumF(snap, Proc) + SumF(chan, Proc) = Money * Cardinality(Proc)
BagOK == IsABag(net) /\ (BagIn([to |-> CHOOSE p \in Proc : TRUE, red |-> TRUE], net) => red # {})
Drains == [](sent = 4 => <>(net = EmptyBag))
====
