---- MODULE SystemSnapshotIsolation ----
(* Transactions over a multi-version store; the history is a sequence of events. *)
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS Txn, Key, NoLock
VARIABLES history, holding, waitFor
vars == <<history, holding, waitFor>>
Op == {"begin", "write", "read", "commit", "abort"}
Began(t, h) == \E i \in 1..Len(h) : h[i].op = "begin" /\ h[i].txn = t
Ended(t, h) == \E i \in 1..Len(h) : h[i].op \in {"commit", "abort"} /\ h[i].txn = t
Committed(t, h) == \E i \in 1..Len(h) : h[i].op = "commit" /\ h[i].txn = t
Pos(op, t, h) == CHOOSE i \in 1..Len(h) : h[i].op = op /\ h[i].txn = t
Writes(t, h) == {h[i].key : i \in {j \in 1..Len(h) : h[j].op = "write" /\ h[j].txn = t}}
Reads(t, h) == {h[i].key : i \in {j \in 1..Len(h) : h[j].op = "read" /\ h[j].txn = t}}
Active(t) == Began(t, history) /\ ~Ended(t, history)
Concurrent(s, t, h) == /\ Began(s, h) /\ Began(t, h)
   /\ ~(Committed(s, h) /\ Pos("commit", s, h) < Pos("begin", t, h))
   /\ ~(Committed(t, h) /\ Pos("commit", t, h) < Pos("begin", s, h))
Init == history = <<>> /\ holding = [t \in Txn |-> {}] /\ waitFor = [t \in Txn |-> NoLock]
Begin(t) == ~Began(t, history) /\ history' = Append(history, [op |-> "begin", txn |-> t]) /\ UNCHANGED <<holding, waitFor>>
Version(t, k) == LET b == Pos("begin", t, history)
                     cs == {i \in 1..b-1 : history[i].op = "commit" /\ k \in Writes(history[i].txn, history)}
                 IN IF k \in Writes(t, history) THEN t ELSE IF cs = {} THEN NoLock ELSE history[CHOOSE i \in cs : \A j \in cs : j <= i].txn
Read(t, k) == /\ Active(t) /\ waitFor[t] = NoLock /\ k \notin Reads(t, history) /\ k \notin Writes(t, history)
              /\ history' = Append(history, [op |-> "read", txn |-> t, key |-> k, ver |-> Version(t, k)])
              /\ UNCHANGED <<holding, waitFor>>
Conflict(t, k) == \E s \in Txn \ {t} : Committed(s, history) /\ Concurrent(s, t, history) /\ k \in Writes(s, history)
Write(t, k) == /\ Active(t) /\ waitFor[t] = NoLock /\ k \notin Writes(t, history)
   /\ IF Conflict(t, k)
      THEN history' = Append(history, [op |-> "abort", txn |-> t, why |-> "FCW"]) /\ holding' = [holding EXCEPT ![t] = {}] /\ UNCHANGED waitFor
      ELSE IF \E s \in Txn \ {t} : k \in holding[s]
      THEN waitFor' = [waitFor EXCEPT ![t] = k] /\ UNCHANGED <<history, holding>>
      ELSE history' = Append(history, [op |-> "write", txn |-> t, key |-> k]) /\ holding' = [holding EXCEPT ![t] = @ \cup {k}] /\ UNCHANGED waitFor
Retry(t) == /\ Active(t) /\ waitFor[t] # NoLock /\ \A s \in Txn \ {t} : waitFor[t] \notin holding[s]
   /\ waitFor' = [waitFor EXCEPT ![t] = NoLock]
   /\ IF Conflict(t, waitFor[t])
      THEN history' = Append(history, [op |-> "abort", txn |-> t, why |-> "FCW"]) /\ holding' = [holding EXCEPT ![t] = {}]
      ELSE history' = Append(history, [op |-> "write", txn |-> t, key |-> waitFor[t]]) /\ holding' = [holding EXCEPT ![t] = @ \cup {waitFor[t]}]
Finish(t) == /\ Active(t) /\ waitFor[t] = NoLock
   /\ \/ history' = Append(history, [op |-> "commit", txn |-> t])
      \/ history' = Append(history, [op |-> "abort", txn |-> t, why |-> "voluntary"])
   /\ holding' = [holding EXCEPT ![t] = {}] /\ UNCHANGED waitFor
RECURSIVE Reaches(_, _, _)
Reaches(s, t, n) == \/ waitFor[s] # NoLock /\ waitFor[s] \in holding[t]
                    \/ n > 0 /\ \E u \in Txn : waitFor[s] # NoLock /\ waitFor[s] \in holding[u] /\ Reaches(u, t, n - 1)
Kill(t) == /\ Active(t) /\ Reaches(t, t, Cardinality(Txn))
   /\ history' = Append(history, [op |-> "abort", txn |-> t, why |-> "deadlock"])
   /\ holding' = [holding EXCEPT ![t] = {}] /\ waitFor' = [waitFor EXCEPT ![t] = NoLock]
AllDone == (\A t \in Txn : Ended(t, history)) /\ UNCHANGED vars
Next == (\E t \in Txn : Begin(t) \/ (\E k \in Key : Read(t, k) \/ Write(t, k)) \/ Retry(t) \/ Finish(t) \/ Kill(t)) \/ AllDone
Spec == Init /\ [][Next]_vars
WellFormed == \A t \in Txn : Ended(t, history) => Began(t, history) /\ holding[t] = {}
FirstCommitterWins == \A s, t \in Txn : s # t /\ Committed(s, history) /\ Committed(t, history) /\ Concurrent(s, t, history) => Writes(s, history) \cap Writes(t, history) = {}
\* not so: write skew
Depends(s, t) == \/ \E i \in 1..Len(history) : history[i].op = "read" /\ history[i].txn = t /\ history[i].ver = s
                 \/ /\ Writes(s, history) \cap Writes(t, history) # {} /\ Pos("commit", s, history) < Pos("commit", t, history)
                 \/ \E i \in 1..Len(history) : history[i].op = "read" /\ history[i].txn = s /\ history[i].key \in Writes(t, history) /\ history[i].ver # t
                        /\ (history[i].ver = NoLock \/ Pos("commit", history[i].ver, history) < Pos("commit", t, history))
Comm == {t \in Txn : Committed(t, history)}
Serializable == ~ \E s, t \in Comm : s # t /\ Depends(s, t) /\ Depends(t, s)
====
