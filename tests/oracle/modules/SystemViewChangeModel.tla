---- MODULE SystemViewChangeModel ----
(* Viewstamped replication: normal operation and view changes, with message counts as a function. *)
EXTENDS Integers, FiniteSets, Sequences, TLC
CONSTANTS Rep, Op, MaxView, MaxOp
VARIABLES view, lastNormal, status, olog, commit, sent, done
rvars == <<view, lastNormal, status, olog, commit>>
vars == <<rvars, sent, done>>
N == Cardinality(Rep)
F == N \div 2
Idx == CHOOSE f \in [Rep -> 0..(N - 1)] : \A r, s \in Rep : r # s => f[r] # f[s]
Primary(v) == CHOOSE r \in Rep : Idx[r] = v % N
Max(S) == CHOOSE m \in S : \A n \in S : n <= m
Better(a, b) == \/ a.last > b.last \/ (a.last = b.last /\ Len(a.log) > Len(b.log))
Init == /\ view = [r \in Rep |-> 0] /\ lastNormal = [r \in Rep |-> 0]
        /\ status = [r \in Rep |-> "normal"] /\ olog = [r \in Rep |-> << >>]
        /\ commit = [r \in Rep |-> 0] /\ sent = {} /\ done = [o \in Op |-> 0]
Request(o) == \E r \in Rep :
  /\ status[r] = "normal" /\ Primary(view[r]) = r /\ Len(olog[r]) < MaxOp
  /\ \A i \in 1..Len(olog[r]) : olog[r][i].op # o
  /\ olog' = [olog EXCEPT ![r] = Append(@, [op |-> o, v |-> view[r]])]
  /\ sent' = sent \cup {[t |-> "prepare", v |-> view[r], n |-> Len(olog[r]) + 1, log |-> Append(olog[r], [op |-> o, v |-> view[r]]), k |-> commit[r]]}
  /\ UNCHANGED <<view, lastNormal, status, commit, done>>
Prepare(r) == \E m \in sent :
  /\ m.t = "prepare" /\ status[r] = "normal" /\ m.v = view[r] /\ Primary(view[r]) # r
  /\ m.n = Len(olog[r]) + 1
  /\ SubSeq(m.log, 1, Len(olog[r])) = olog[r]
  /\ olog' = [olog EXCEPT ![r] = m.log]
  /\ commit' = [commit EXCEPT ![r] = IF m.k > @ THEN m.k ELSE @]
  /\ sent' = sent \cup {[t |-> "prepareOk", v |-> view[r], n |-> m.n, from |-> r]}
  /\ UNCHANGED <<view, lastNormal, status, done>>
Commit(r) ==
  /\ status[r] = "normal" /\ Primary(view[r]) = r /\ commit[r] < Len(olog[r])
  /\ LET oks(n) == {m \in sent : m.t = "prepareOk" /\ m.v = view[r] /\ m.n = n} IN
       /\ Cardinality({m.from : m \in oks(commit[r] + 1)}) >= F
       /\ commit' = [commit EXCEPT ![r] = @ + 1]
       /\ done' = [done EXCEPT ![olog[r][commit[r] + 1].op] = IF @ = 0 THEN commit[r] + 1 ELSE @]
  /\ UNCHANGED <<view, lastNormal, status, olog, sent>>
StartChange(r) == /\ view[r] < MaxView
                  /\ view' = [view EXCEPT ![r] = @ + 1] /\ status' = [status EXCEPT ![r] = "changing"]
                  /\ sent' = sent \cup {[t |-> "start", v |-> view[r] + 1, from |-> r]}
                  /\ UNCHANGED <<lastNormal, olog, commit, done>>
JoinChange(r) == \E m \in sent :
  /\ m.t = "start" /\ m.v > view[r]
  /\ view' = [view EXCEPT ![r] = m.v] /\ status' = [status EXCEPT ![r] = "changing"]
  /\ sent' = sent \cup {[t |-> "start", v |-> m.v, from |-> r]}
  /\ UNCHANGED <<lastNormal, olog, commit, done>>
DoChange(r) ==
  /\ status[r] = "changing"
  /\ Cardinality({m.from : m \in {m \in sent : m.t = "start" /\ m.v = view[r] /\ m.from # r}}) >= F
  /\ ~ \E m \in sent : m.t = "do" /\ m.v = view[r] /\ m.from = r
  /\ sent' = sent \cup {[t |-> "do", v |-> view[r], from |-> r, last |-> lastNormal[r], log |-> olog[r], k |-> commit[r]]}
  /\ UNCHANGED <<rvars, done>>
BecomePrimary(r) ==
  /\ status[r] = "changing" /\ Primary(view[r]) = r
  /\ \E Q \in SUBSET {m \in sent : m.t = "do" /\ m.v = view[r]} :
       /\ Cardinality(Q) = F + 1 /\ Cardinality({m.from : m \in Q}) = F + 1
       /\ r \in {m.from : m \in Q}
       /\ LET best == CHOOSE m \in Q : \A n \in Q : ~ Better(n, m)
              k == Max({m.k : m \in Q})
          IN /\ olog' = [olog EXCEPT ![r] = best.log]
             /\ commit' = [commit EXCEPT ![r] = k]
             /\ sent' = sent \cup {[t |-> "startView", v |-> view[r], log |-> best.log, k |-> k]}
  /\ status' = [status EXCEPT ![r] = "normal"] /\ lastNormal' = [lastNormal EXCEPT ![r] = view[r]]
  /\ UNCHANGED <<view, done>>
FollowView(r) == \E m \in sent :
  /\ m.t = "startView"
  /\ m.v > view[r] \/ (m.v = view[r] /\ status[r] = "changing")
  /\ view' = [view EXCEPT ![r] = m.v] /\ lastNormal' = [lastNormal EXCEPT ![r] = m.v]
  /\ status' = [status EXCEPT ![r] = "normal"] /\ olog' = [olog EXCEPT ![r] = m.log]
  /\ commit' = [commit EXCEPT ![r] = IF m.k > @ THEN m.k ELSE @]
  /\ sent' = IF Len(m.log) > m.k THEN sent \cup {[t |-> "prepareOk", v |-> m.v, n |-> i, from |-> r] : i \in (m.k + 1)..Len(m.log)} ELSE sent
  /\ UNCHANGED done
Next == \/ \E o \in Op : Request(o)
        \/ \E r \in Rep : Prepare(r) \/ Commit(r) \/ StartChange(r) \/ JoinChange(r) \/ DoChange(r) \/ BecomePrimary(r) \/ FollowView(r)
Spec == Init /\ [][Next]_vars
Committed(r) == SubSeq(olog[r], 1, commit[r])
IsPre(s, t) == Len(s) <= Len(t) /\ SubSeq(t, 1, Len(s)) = s
TypeOK == /\ view \in [Rep -> 0..MaxView] /\ status \in [Rep -> {"normal", "changing"}]
          /\ \A r \in Rep : olog[r] \in Seq([op : Op, v : 0..MaxView]) /\ commit[r] \in 0..Len(olog[r])
Agreement == \A r, s \in Rep : IsPre(Committed(r), Committed(s)) \/ IsPre(Committed(s), Committed(r))
OnePrimary == \A r, s \in Rep : (status[r] = "normal" /\ status[s] = "normal" /\ view[r] = view[s]) => Primary(view[r]) = Primary(view[s])
NoDuplicates == \A r \in Rep : \A i, j \in DOMAIN olog[r] : olog[r][i].op = olog[r][j].op => i = j
DoneSurvives == \A o \in Op : done[o] > 0 => \E r \in Rep : done[o] \in DOMAIN olog[r] /\ olog[r][done[o]].op = o
NormalView == \A r \in Rep : status[r] = "normal" => lastNormal[r] = view[r]
Grows == [][\A r \in Rep : view'[r] >= view[r] /\ commit'[r] >= commit[r]]_vars
====
