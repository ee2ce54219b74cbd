---- MODULE SystemWriteAhead ----
EXTENDS Naturals, Sequences, FiniteSets
CONSTANTS Pages, Txs, MaxLog
VARIABLES log, flushed, disk, buf, tx, up
vars == <<log, flushed, disk, buf, tx, up>>
Rec(k, t, p, o, n) == [kind |-> k, tx |-> t, page |-> p, old |-> o, new |-> n]
Init == /\ log = <<>> /\ flushed = 0
        /\ disk = [p \in Pages |-> [val |-> 0, lsn |-> 0]]
        /\ buf = disk
        /\ tx = [t \in Txs |-> "none"] /\ up = TRUE
Update(t, p) == /\ up /\ tx[t] \in {"none", "active"} /\ Len(log) < MaxLog
                /\ \A s \in Txs \ {t} : tx[s] = "active" => ~\E i \in 1..Len(log) : log[i].tx = s /\ log[i].kind = "upd" /\ log[i].page = p
                /\ LET v == (buf[p].val + 1) % 3 IN
                     /\ log' = Append(log, Rec("upd", t, p, buf[p].val, v))
                     /\ buf' = [buf EXCEPT ![p] = [val |-> v, lsn |-> Len(log) + 1]]
                /\ tx' = [tx EXCEPT ![t] = "active"]
                /\ UNCHANGED <<flushed, disk, up>>
FlushLog == up /\ flushed < Len(log) /\ flushed' \in (flushed + 1)..Len(log) /\ UNCHANGED <<log, disk, buf, tx, up>>
FlushPage(p) == /\ up /\ buf[p].lsn > disk[p].lsn /\ buf[p].lsn <= flushed
                /\ disk' = [disk EXCEPT ![p] = buf[p]]
                /\ UNCHANGED <<log, flushed, buf, tx, up>>
Commit(t) == /\ up /\ tx[t] = "active" /\ Len(log) < MaxLog
             /\ log' = Append(log, Rec("com", t, CHOOSE p \in Pages : TRUE, 0, 0))
             /\ flushed' = Len(log')
             /\ tx' = [tx EXCEPT ![t] = "committed"]
             /\ UNCHANGED <<disk, buf, up>>
Crash == /\ up /\ up' = FALSE
         /\ log' = SubSeq(log, 1, flushed)
         /\ buf' = disk
         /\ UNCHANGED <<flushed, disk, tx>>
Winners(l) == {l[i].tx : i \in {j \in 1..Len(l) : l[j].kind = "com"}}
RECURSIVE Redo(_, _)
Redo(b, i) == IF i > Len(log) THEN b
              ELSE LET r == log[i] IN
                   Redo(IF r.kind = "upd" /\ b[r.page].lsn < i THEN [b EXCEPT ![r.page] = [val |-> r.new, lsn |-> i]] ELSE b, i + 1)
RECURSIVE Undo(_, _)
Undo(b, i) == IF i = 0 THEN b
              ELSE LET r == log[i] IN
                   Undo(IF r.kind = "upd" /\ r.tx \notin Winners(log) THEN [b EXCEPT ![r.page].val = r.old] ELSE b, i - 1)
Recover == /\ ~up /\ up' = TRUE
           /\ buf' = Undo(Redo(buf, 1), Len(log))
           /\ disk' = buf'
           /\ tx' = [t \in Txs |-> IF t \in Winners(log) THEN "committed" ELSE "aborted"]
           /\ UNCHANGED <<log, flushed>>
Next == FlushLog \/ Crash \/ Recover \/ (\E p \in Pages : FlushPage(p)) \/ \E t \in Txs : Commit(t) \/ \E p \in Pages : Update(t, p)
Spec == Init /\ [][Next]_vars
Wal == \A p \in Pages : disk[p].lsn <= flushed
Durable == up => \A t \in Txs : tx[t] = "committed" => t \in Winners(log)
LastValue(p) == LET is == {i \in 1..Len(log) : log[i].kind = "upd" /\ log[i].page = p /\ log[i].tx \in Winners(log)}
                IN IF is = {} THEN 0 ELSE log[CHOOSE i \in is : \A j \in is : j <= i].new
Recovered == (up /\ \A t \in Txs : tx[t] \in {"aborted", "committed"}) => \A p \in Pages : buf[p].val = LastValue(p)
====
