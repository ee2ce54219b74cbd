---- MODULE SystemPrimaryLocksModel ----
(* Snapshot transactions over a store with locks, a primary key and timestamps. *)
EXTENDS Integers, FiniteSets, Sequences, TLC
CONSTANTS Txn, Key, NoTxn, MaxTs
VARIABLES ts, status, startTs, commitTs, writeSet, reads, lock, data, write, hist
vars == <<ts, status, startTs, commitTs, writeSet, reads, lock, data, write, hist>>

SetMax(S, default) == IF S = {} THEN default ELSE CHOOSE e \in S : \A f \in S : e >= f
Primary(t) == CHOOSE k \in writeSet[t] : TRUE
NoLock == [owner |-> NoTxn, ts |-> 0, primary |-> NoTxn]

Init ==
  /\ ts = 0
  /\ status = [t \in Txn |-> "idle"]
  /\ startTs = [t \in Txn |-> 0]
  /\ commitTs = [t \in Txn |-> 0]
  /\ writeSet = [t \in Txn |-> {}]
  /\ reads = [t \in Txn |-> {}]
  /\ lock = [k \in Key |-> NoLock]
  /\ data = [k \in Key |-> {}]
  /\ write = [k \in Key |-> {}]
  /\ hist = <<>>

Begin(t, W) ==
  /\ status[t] = "idle"
  /\ W # {}
  /\ ts < MaxTs
  /\ ts' = ts + 1
  /\ startTs' = [startTs EXCEPT ![t] = ts + 1]
  /\ writeSet' = [writeSet EXCEPT ![t] = W]
  /\ status' = [status EXCEPT ![t] = "active"]
  /\ UNCHANGED <<commitTs, reads, lock, data, write, hist>>

VisibleWrite(k, at) ==
  LET seen == {w \in write[k] : w.commit <= at}
  IN IF seen = {} THEN [commit |-> 0, start |-> 0]
     ELSE CHOOSE w \in seen : \A x \in seen : x.commit <= w.commit

Read(t, k) ==
  /\ status[t] = "active"
  /\ ~ \E r \in reads[t] : r.key = k
  /\ lock[k].owner = NoTxn \/ lock[k].ts > startTs[t]
  /\ reads' = [reads EXCEPT ![t] = @ \cup {[key |-> k, version |-> VisibleWrite(k, startTs[t]).start]}]
  /\ UNCHANGED <<ts, status, startTs, commitTs, writeSet, lock, data, write, hist>>

Prewrite(t) ==
  /\ status[t] = "active"
  /\ \A k \in writeSet[t] : /\ lock[k].owner = NoTxn
                            /\ \A w \in write[k] : w.commit < startTs[t]
  /\ lock' = [k \in Key |-> IF k \in writeSet[t]
                            THEN [owner |-> t, ts |-> startTs[t], primary |-> Primary(t)]
                            ELSE lock[k]]
  /\ data' = [k \in Key |-> IF k \in writeSet[t] THEN data[k] \cup {startTs[t]} ELSE data[k]]
  /\ status' = [status EXCEPT ![t] = "prewritten"]
  /\ UNCHANGED <<ts, startTs, commitTs, writeSet, reads, write, hist>>

CommitPrimary(t) ==
  /\ status[t] = "prewritten"
  /\ ts < MaxTs
  /\ LET p == Primary(t) c == ts + 1
     IN /\ lock[p].owner = t
        /\ ts' = c
        /\ commitTs' = [commitTs EXCEPT ![t] = c]
        /\ write' = [write EXCEPT ![p] = @ \cup {[commit |-> c, start |-> startTs[t]]}]
        /\ lock' = [lock EXCEPT ![p] = NoLock]
        /\ hist' = Append(hist, [txn |-> t, at |-> c])
  /\ status' = [status EXCEPT ![t] = "committed"]
  /\ UNCHANGED <<startTs, writeSet, reads, data>>

CommitSecondary(t, k) ==
  /\ status[t] = "committed"
  /\ lock[k].owner = t
  /\ k # Primary(t)
  /\ write' = [write EXCEPT ![k] = @ \cup {[commit |-> commitTs[t], start |-> startTs[t]]}]
  /\ lock' = [lock EXCEPT ![k] = NoLock]
  /\ UNCHANGED <<ts, status, startTs, commitTs, writeSet, reads, data, hist>>

\* Another transaction removes the lock of one whose primary is not committed.
CleanUp(t, k) ==
  /\ status[t] = "active"
  /\ LET l == lock[k] o == l.owner
     IN /\ o # NoTxn
        /\ o # t
        /\ status[o] = "prewritten"
        /\ lock' = [x \in Key |-> IF lock[x].owner = o THEN NoLock ELSE lock[x]]
        /\ data' = [x \in Key |-> IF lock[x].owner = o THEN data[x] \ {startTs[o]} ELSE data[x]]
        /\ status' = [status EXCEPT ![o] = "aborted"]
  /\ UNCHANGED <<ts, startTs, commitTs, writeSet, reads, write, hist>>

Abort(t) ==
  /\ status[t] = "active"
  /\ \E k \in writeSet[t] : \E w \in write[k] : w.commit >= startTs[t]
  /\ status' = [status EXCEPT ![t] = "aborted"]
  /\ UNCHANGED <<ts, startTs, commitTs, writeSet, reads, lock, data, write, hist>>

Done == /\ \A t \in Txn : status[t] \in {"committed", "aborted"}
        /\ \A k \in Key : lock[k] = NoLock
        /\ UNCHANGED vars

Next == \/ \E t \in Txn : \/ \E W \in SUBSET Key : Begin(t, W)
                          \/ Prewrite(t) \/ CommitPrimary(t) \/ Abort(t)
                          \/ \E k \in Key : Read(t, k) \/ CommitSecondary(t, k) \/ CleanUp(t, k)
        \/ Done
Spec == Init /\ [][Next]_vars /\ \A t \in Txn : WF_vars(\E k \in Key : CommitSecondary(t, k))
-----------------------------------------------------------------------------
Committed == {t \in Txn : status[t] = "committed"}
TypeOK ==
  /\ ts \in 0..MaxTs
  /\ status \in [Txn -> {"idle", "active", "prewritten", "committed", "aborted"}]
  /\ startTs \in [Txn -> 0..MaxTs] /\ commitTs \in [Txn -> 0..MaxTs]
  /\ writeSet \in [Txn -> SUBSET Key]
  /\ \A k \in Key : write[k] \subseteq [commit : 1..MaxTs, start : 1..MaxTs]
  /\ \A k \in Key : lock[k] \in [owner : Txn \cup {NoTxn}, ts : 0..MaxTs, primary : Key \cup {NoTxn}]
CommitAfterStart == \A t \in Committed : commitTs[t] > startTs[t]
UniqueTimestamps == \A t, u \in Txn : t # u /\ startTs[t] # 0 => startTs[t] \notin {startTs[u], commitTs[u]}
NoLostUpdate == \A t, u \in Committed : t # u /\ writeSet[t] \cap writeSet[u] # {} =>
                   commitTs[t] < startTs[u] \/ commitTs[u] < startTs[t]
Snapshot == \A t \in Txn : \A r \in reads[t] :
              LET before == {commitTs[u] : u \in {u \in Committed : r.key \in writeSet[u] /\ commitTs[u] < startTs[t]}}
                  last == SetMax(before, 0)
              IN \/ last = 0 /\ r.version = 0
                 \/ \E u \in Committed : commitTs[u] = last /\ r.version = startTs[u]
HistoryOrdered == \A i, j \in DOMAIN hist : i < j => hist[i].at < hist[j].at
LocksHeld == \A k \in Key : lock[k].owner # NoTxn => status[lock[k].owner] \in {"prewritten", "committed"}
DataForWrites == \A k \in Key : {w.start : w \in write[k]} \subseteq data[k]
AbortedLeavesNothing == \A t \in Txn : status[t] = "aborted" => \A k \in Key : startTs[t] \notin {w.start : w \in write[k]}
EventuallyUnlocked == \A t \in Txn : status[t] = "committed" ~> \A k \in Key : lock[k].owner # t
Final == [][\A t \in Txn : status[t] \in {"committed", "aborted"} => status'[t] = status[t]]_vars
WritesGrow == [][\A k \in Key : write[k] \subseteq write'[k]]_vars
====
