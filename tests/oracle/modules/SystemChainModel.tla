---- MODULE SystemChainModel ----
(* Chain replication with a master, failures in the middle and at the ends, and client reads. *)
EXTENDS Integers, FiniteSets, Sequences, TLC
CONSTANTS Srv, Val, MaxW, NoVal
VARIABLES chain, hist, pend, link, reads, wcount, acks
vars == <<chain, hist, pend, link, reads, wcount, acks>>
Range(s) == {s[i] : i \in DOMAIN s}
Pos(x) == CHOOSE i \in DOMAIN chain : chain[i] = x
HeadOf == chain[1]
TailOf == chain[Len(chain)]
Without(s, x) == LET F[i \in 0..Len(s)] == IF i = 0 THEN <<>> ELSE IF s[i] = x THEN F[i - 1] ELSE Append(F[i - 1], s[i]) IN F[Len(s)]
Orders(S) == {f \in [1..Cardinality(S) -> S] : \A i, j \in 1..Cardinality(S) : f[i] = f[j] => i = j}
Init == /\ chain \in Orders(Srv) /\ hist = [s \in Srv |-> <<>>] /\ pend = [s \in Srv |-> <<>>]
        /\ link = [s \in Srv |-> <<>>] /\ reads = <<>> /\ wcount = 0 /\ acks = 0
Write(v) == /\ wcount < MaxW
            /\ wcount' = wcount + 1
            /\ LET e == [n |-> wcount + 1, v |-> v] IN
               /\ hist' = [hist EXCEPT ![HeadOf] = Append(@, e)]
               /\ link' = IF Len(chain) > 1 THEN [link EXCEPT ![chain[2]] = Append(@, e)] ELSE link
               /\ acks' = IF Len(chain) = 1 THEN acks + 1 ELSE acks
            /\ UNCHANGED <<chain, pend, reads>>
Forward(s) == /\ s \in Range(chain) /\ link[s] # <<>>
              /\ LET e == Head(link[s]) i == Pos(s) IN
                 /\ hist' = [hist EXCEPT ![s] = Append(@, e)]
                 /\ link' = IF i < Len(chain) THEN [link EXCEPT ![s] = Tail(@), ![chain[i + 1]] = Append(@, e)] ELSE [link EXCEPT ![s] = Tail(@)]
                 /\ acks' = IF i = Len(chain) THEN acks + 1 ELSE acks
              /\ UNCHANGED <<chain, pend, reads, wcount>>
Read == /\ Len(reads) < 2
        /\ reads' = Append(reads, IF hist[TailOf] = <<>> THEN NoVal ELSE hist[TailOf][Len(hist[TailOf])].n)
        /\ UNCHANGED <<chain, hist, pend, link, wcount, acks>>
Missing(p, s) == SubSeq(hist[p], Len(hist[s]) + 1, Len(hist[p]))
FailServer(s) ==
  /\ s \in Range(chain) /\ Len(chain) > 1
  /\ LET i == Pos(s) IN
     /\ chain' = Without(chain, s)
     /\ link' = CASE i = 1 -> [link EXCEPT ![s] = <<>>]
                  [] i = Len(chain) -> [link EXCEPT ![s] = <<>>]
                  [] OTHER -> [link EXCEPT ![s] = <<>>, ![chain[i + 1]] = Missing(chain[i - 1], chain[i + 1])]
     /\ acks' = IF i = Len(chain) THEN Len(hist[chain[i - 1]]) ELSE acks
  /\ UNCHANGED <<hist, pend, reads, wcount>>
Next == \/ \E v \in Val : Write(v)
        \/ \E s \in Srv : Forward(s) \/ FailServer(s)
        \/ Read
Spec == Init /\ [][Next]_vars /\ \A s \in Srv : SF_vars(Forward(s))
IsPrefix(a, b) == Len(a) <= Len(b) /\ \A i \in DOMAIN a : a[i] = b[i]
TypeOK == /\ Range(chain) \subseteq Srv /\ Len(chain) \in 1..Cardinality(Srv)
          /\ \A s \in Srv : hist[s] \in Seq([n : 1..MaxW, v : Val])
UpdateInvariant == \A i, j \in DOMAIN chain : i <= j => IsPrefix(hist[chain[j]], hist[chain[i]])
LinkInvariant == \A i \in 2..Len(chain) : hist[chain[i]] \o link[chain[i]] = hist[chain[i - 1]] \/ \E k \in 1..(i - 1) : hist[chain[i]] \o link[chain[i]] = hist[chain[k]]
AcksBehindTail == acks <= Len(hist[TailOf])
ReadsMonotonic == \A i, j \in DOMAIN reads : i < j /\ reads[i] # NoVal => reads[j] # NoVal /\ reads[i] <= reads[j]
NoGaps == \A s \in Srv : \A i \in DOMAIN hist[s] : hist[s][i].n >= i
Propagates == \A n \in 1..2 : (wcount >= n /\ Len(hist[HeadOf]) >= n) ~> (Len(hist[TailOf]) >= n)
====
