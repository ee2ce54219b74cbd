---- MODULE ChannelSnapshot ----
\* Functions over pairs of processes: a snapshot of money on its way, a small system.
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS P
VARIABLES money, chan, snap, chanSnap, rec
vars == <<money, chan, snap, chanSnap, rec>>
Links == {l \in P \X P : l[1] # l[2]}
Out(p) == {l \in Links : l[1] = p}
In(p) == {l \in Links : l[2] = p}
Init == /\ money = [p \in P |-> 1] /\ chan = [l \in Links |-> <<>>]
        /\ snap = [p \in P |-> -1] /\ chanSnap = [l \in Links |-> <<>>] /\ rec = [l \in Links |-> "no"]
Pay(l) == /\ money[l[1]] > 0 /\ Len(chan[l]) < 2
          /\ money' = [money EXCEPT ![l[1]] = @ - 1]
          /\ chan' = [chan EXCEPT ![l] = Append(@, "coin")]
          /\ UNCHANGED <<snap, chanSnap, rec>>
Take(p, skip) == /\ snap' = [snap EXCEPT ![p] = money[p]]
                 /\ rec' = [l \in Links |-> IF l[2] = p THEN IF l \in skip THEN "done" ELSE "on" ELSE rec[l]]
Start(p) == /\ \A q \in P : snap[q] = -1
            /\ Take(p, {})
            /\ chan' = [l \in Links |-> IF l \in Out(p) THEN Append(chan[l], "mark") ELSE chan[l]]
            /\ UNCHANGED <<money, chanSnap>>
Recv(l) == LET p == l[2] IN
  /\ chan[l] # <<>>
  /\ IF Head(chan[l]) = "coin"
     THEN /\ money' = [money EXCEPT ![p] = @ + 1]
          /\ chan' = [chan EXCEPT ![l] = Tail(@)]
          /\ chanSnap' = IF rec[l] = "on" THEN [chanSnap EXCEPT ![l] = Append(@, "coin")] ELSE chanSnap
          /\ UNCHANGED <<snap, rec>>
     ELSE /\ UNCHANGED <<money, chanSnap>>
          /\ IF snap[p] = -1
             THEN /\ Take(p, {l})
                  /\ chan' = [k \in Links |-> IF k = l THEN Tail(chan[k])
                                              ELSE IF k \in Out(p) THEN Append(chan[k], "mark") ELSE chan[k]]
             ELSE /\ rec' = [rec EXCEPT ![l] = "done"] /\ UNCHANGED snap
                  /\ chan' = [chan EXCEPT ![l] = Tail(@)]
Next == (\E l \in Links : Pay(l) \/ Recv(l)) \/ \E p \in P : Start(p)
RECURSIVE Total(_, _)
Total(f, S) == IF S = {} THEN 0 ELSE LET e == CHOOSE e \in S : TRUE IN f[e] + Total(f, S \ {e})
Coins(c) == Total([l \in Links |-> Len(SelectSeq(c[l], LAMBDA m : m = "coin"))], Links)
Conserved == Total(money, P) + Coins(chan) = Cardinality(P)
Done == \A l \in Links : rec[l] = "done"
SnapOK == Done => Total(snap, P) + Coins(chanSnap) = Cardinality(P)
====
