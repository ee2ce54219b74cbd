---- MODULE SystemLogStructuredStoreModel ----
(* A log-structured store: write-ahead log, memory table, flushed tables, compaction, crashes. *)
EXTENDS Integers, FiniteSets, Sequences
LOCAL INSTANCE TLC
CONSTANTS Key, Val, Tombstone, None, MaxSeq, MaxTables, MaxCrashes
VARIABLES wal, synced, mem, frozen, tables, seqno, manifest, truth, acked, crashes, pc
vars == <<wal, synced, mem, frozen, tables, seqno, manifest, truth, acked, crashes, pc>>

Cell == [seq : 1..MaxSeq, val : Val \cup {Tombstone}]
Absent == [seq |-> 0, val |-> None]
EmptyTable == [k \in Key |-> Absent]
Newer(a, b) == IF a.seq >= b.seq THEN a ELSE b
Merge(older, newer) == [k \in Key |-> Newer(older[k], newer[k])]
MergeAll(ts) ==
  LET F[i \in 0..Len(ts)] == IF i = 0 THEN EmptyTable ELSE Merge(F[i - 1], ts[i])
  IN F[Len(ts)]
Apply(table, rec) == [table EXCEPT ![rec.key] = Newer(@, [seq |-> rec.seq, val |-> rec.val])]
Replay(records) ==
  LET R[i \in 0..Len(records)] == IF i = 0 THEN EmptyTable ELSE Apply(R[i - 1], records[i])
  IN R[Len(records)]
Lookup(k) ==
  LET c == Newer(Newer(mem[k], frozen[k]), MergeAll(tables)[k])
  IN IF c.val = Tombstone THEN None ELSE c.val

Init ==
  /\ wal = <<>> /\ synced = 0
  /\ mem = EmptyTable /\ frozen = EmptyTable
  /\ tables = <<>> /\ seqno = 0
  /\ manifest = [flushed |-> 0, generation |-> 0]
  /\ truth = [k \in Key |-> Absent]
  /\ acked = 0 /\ crashes = 0 /\ pc = "up"

Write(k, v) ==
  /\ pc = "up"
  /\ seqno < MaxSeq
  /\ LET rec == [seq |-> seqno + 1, key |-> k, val |-> v]
     IN /\ wal' = Append(wal, rec)
        /\ mem' = Apply(mem, rec)
  /\ seqno' = seqno + 1
  /\ UNCHANGED <<synced, frozen, tables, manifest, truth, acked, crashes, pc>>

Sync ==
  /\ pc = "up"
  /\ synced < Len(wal)
  /\ synced' = Len(wal)
  /\ truth' = Merge(truth, Replay(SubSeq(wal, synced + 1, Len(wal))))
  /\ acked' = wal[Len(wal)].seq
  /\ UNCHANGED <<wal, mem, frozen, tables, seqno, manifest, crashes, pc>>

Freeze ==
  /\ pc = "up"
  /\ frozen = EmptyTable
  /\ mem # EmptyTable
  /\ synced = Len(wal)
  /\ frozen' = mem
  /\ mem' = EmptyTable
  /\ UNCHANGED <<wal, synced, tables, seqno, manifest, truth, acked, crashes, pc>>

Flush ==
  /\ pc = "up"
  /\ frozen # EmptyTable
  /\ Len(tables) < MaxTables
  /\ tables' = Append(tables, frozen)
  /\ LET top == CHOOSE s \in {frozen[k].seq : k \in Key} : \A k \in Key : s >= frozen[k].seq
         keep == SelectSeq(wal, LAMBDA rec : rec.seq > top)
     IN /\ manifest' = [manifest EXCEPT !.flushed = top, !.generation = @ + 1]
        /\ wal' = keep
        /\ synced' = Len(SelectSeq(SubSeq(wal, 1, synced), LAMBDA rec : rec.seq > top))
  /\ frozen' = EmptyTable
  /\ UNCHANGED <<mem, seqno, truth, acked, crashes, pc>>

Compact ==
  /\ pc = "up"
  /\ Len(tables) > 1
  /\ LET merged == MergeAll(tables)
         \* nothing older is left below: tombstones go
         cleaned == [k \in Key |-> IF merged[k].val = Tombstone THEN Absent ELSE merged[k]]
     IN tables' = IF cleaned = EmptyTable THEN <<>> ELSE <<cleaned>>
  /\ manifest' = [manifest EXCEPT !.generation = @ + 1]
  /\ UNCHANGED <<wal, synced, mem, frozen, seqno, truth, acked, crashes, pc>>

Crash ==
  /\ pc = "up"
  /\ crashes < MaxCrashes
  /\ \E n \in synced..Len(wal) : wal' = SubSeq(wal, 1, n)
  /\ mem' = EmptyTable
  /\ frozen' = EmptyTable
  /\ crashes' = crashes + 1
  /\ pc' = "down"
  /\ UNCHANGED <<synced, tables, seqno, manifest, truth, acked>>

Recover ==
  /\ pc = "down"
  /\ mem' = Replay(wal)
  /\ synced' = Len(wal)
  /\ truth' = Merge(truth, Replay(wal))
  /\ seqno' = LET last == IF wal = <<>> THEN manifest.flushed ELSE wal[Len(wal)].seq
              IN IF last > manifest.flushed THEN last ELSE manifest.flushed
  /\ pc' = "up"
  /\ UNCHANGED <<wal, frozen, tables, manifest, acked, crashes>>

Next == \/ \E k \in Key, v \in Val \cup {Tombstone} : Write(k, v)
        \/ Sync \/ Freeze \/ Flush \/ Compact \/ Crash \/ Recover
Fairness == WF_vars(Sync) /\ WF_vars(Recover) /\ WF_vars(Freeze) /\ WF_vars(Flush)
Spec == Init /\ [][Next]_vars /\ Fairness
-----------------------------------------------------------------------------
TypeOK ==
  /\ mem \in [Key -> Cell \cup {Absent}]
  /\ frozen \in [Key -> Cell \cup {Absent}]
  /\ \A i \in DOMAIN tables : tables[i] \in [Key -> Cell \cup {Absent}]
  /\ seqno \in 0..MaxSeq /\ synced \in 0..Len(wal) /\ pc \in {"up", "down"}
  /\ crashes \in 0..MaxCrashes
Durable == pc = "up" => \A k \in Key :
   truth[k].seq > 0 => LET c == Newer(Newer(mem[k], frozen[k]), MergeAll(tables)[k])
                       IN c.seq >= truth[k].seq \/ truth[k].val = Tombstone
AckedReadable == pc = "up" /\ synced = Len(wal) => \A k \in Key :
   Lookup(k) = (IF truth[k].val = Tombstone THEN None ELSE truth[k].val)
WalOrdered == \A i, j \in DOMAIN wal : i < j => wal[i].seq < wal[j].seq
TablesOrdered == \A i, j \in DOMAIN tables : i < j =>
   \A k \in Key : tables[i][k].seq # 0 /\ tables[j][k].seq # 0 => tables[i][k].seq < tables[j][k].seq
FlushedBelow == \A i \in DOMAIN wal : wal[i].seq > manifest.flushed
SeqAhead == \A k \in Key : mem[k].seq <= seqno /\ frozen[k].seq <= seqno
NoEmptyTables == \A i \in DOMAIN tables : tables[i] # EmptyTable
GenerationGrows == [][manifest'.generation >= manifest.generation]_vars
AckedGrows == [][acked' >= acked]_vars
ComesBack == pc = "down" ~> pc = "up"
GetsFlushed == <>[](crashes = MaxCrashes) => []<>(frozen = EmptyTable \/ Len(tables) = MaxTables)
====
