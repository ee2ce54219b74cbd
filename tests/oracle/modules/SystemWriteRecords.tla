---- MODULE SystemWriteRecords ----
EXTENDS Naturals, FiniteSets, Sequences, TLC
CONSTANTS Keys, Clients, MaxTs
VARIABLES ts, data, lock, write, cl
vars == <<ts, data, lock, write, cl>>
None == [none |-> TRUE]
Idle == [st |-> "idle", start |-> 0, keys |-> {}, primary |-> CHOOSE k \in Keys : TRUE]
Init == /\ ts = 0
        /\ data = [k \in Keys |-> {}] /\ lock = [k \in Keys |-> {}] /\ write = [k \in Keys |-> {}]
        /\ cl = [c \in Clients |-> Idle]
Begin(c) == /\ cl[c].st = "idle" /\ ts < MaxTs
            /\ ts' = ts + 1
            /\ \E ks \in (SUBSET Keys) \ {{}} : \E p \in ks :
                 cl' = [cl EXCEPT ![c] = [st |-> "prewrite", start |-> ts', keys |-> ks, primary |-> p]]
            /\ UNCHANGED <<data, lock, write>>
CanLock(k, s) == /\ lock[k] = {}
                 /\ \A w \in write[k] : w.commit < s
Prewrite(c) == /\ cl[c].st = "prewrite"
               /\ LET t == cl[c] todo == {k \in t.keys : ~\E l \in lock[k] : l.start = t.start} IN
                   IF todo = {}
                   THEN cl' = [cl EXCEPT ![c].st = "commit"] /\ UNCHANGED <<data, lock>>
                   ELSE \E k \in todo :
                     IF CanLock(k, t.start)
                     THEN /\ lock' = [lock EXCEPT ![k] = @ \cup {[start |-> t.start, primary |-> t.primary]}]
                          /\ data' = [data EXCEPT ![k] = @ \cup {t.start}]
                          /\ UNCHANGED cl
                     ELSE /\ cl' = [cl EXCEPT ![c].st = "abort"]
                          /\ UNCHANGED <<data, lock>>
               /\ UNCHANGED <<ts, write>>
CommitPrimary(c) == /\ cl[c].st = "commit" /\ ts < MaxTs
                    /\ LET t == cl[c] IN
                        IF \E l \in lock[t.primary] : l.start = t.start
                        THEN /\ ts' = ts + 1
                             /\ write' = [write EXCEPT ![t.primary] = @ \cup {[start |-> t.start, commit |-> ts']}]
                             /\ lock' = [lock EXCEPT ![t.primary] = {l \in @ : l.start # t.start}]
                             /\ cl' = [cl EXCEPT ![c] = Idle]
                        ELSE cl' = [cl EXCEPT ![c].st = "abort"] /\ UNCHANGED <<ts, write, lock>>
                    /\ UNCHANGED data
Abort(c) == /\ cl[c].st = "abort"
            /\ lock' = [k \in Keys |-> {l \in lock[k] : l.start # cl[c].start}]
            /\ data' = [k \in Keys |-> data[k] \ {cl[c].start}]
            /\ cl' = [cl EXCEPT ![c] = Idle]
            /\ UNCHANGED <<ts, write>>
Resolve(k) == \E l \in lock[k] :
                /\ l.primary # k
                /\ LET done == {w \in write[l.primary] : w.start = l.start} IN
                    IF done # {}
                    THEN /\ write' = [write EXCEPT ![k] = @ \cup {CHOOSE w \in done : TRUE}]
                         /\ lock' = [lock EXCEPT ![k] = @ \ {l}]
                         /\ UNCHANGED data
                    ELSE /\ \A q \in lock[l.primary] : q.start # l.start
                         /\ lock' = [lock EXCEPT ![k] = @ \ {l}]
                         /\ data' = [data EXCEPT ![k] = @ \ {l.start}]
                         /\ UNCHANGED write
                /\ UNCHANGED <<ts, cl>>
Next == \/ \E c \in Clients : Begin(c) \/ Prewrite(c) \/ CommitPrimary(c) \/ Abort(c)
        \/ \E k \in Keys : Resolve(k)
Spec == Init /\ [][Next]_vars
OneLock == \A k \in Keys : Cardinality(lock[k]) <= 1
WritesHaveData == \A k \in Keys : \A w \in write[k] : w.start \in data[k]
NoOverlap == \A k \in Keys : \A w1, w2 \in write[k] :
   w1 # w2 => w1.commit < w2.start \/ w2.commit < w1.start \/ w1.commit = w2.commit
====
