---- MODULE SystemSerializable ----
(* A history of transactions: no cycle of conflicts, and some order of them that keeps all. *)
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS Tx, Key, MaxOps
VARIABLES hist, store, active, done
vars == <<hist, store, active, done>>
Ops == {"r", "w"}
Init == hist = <<>> /\ store = [k \in Key |-> "init"] /\ active = Tx /\ done = {}
OpsOf(t) == SelectSeq(hist, LAMBDA o : o.tx = t)
Read(t, k) == /\ t \in active /\ Len(OpsOf(t)) < MaxOps
              /\ hist' = Append(hist, [tx |-> t, op |-> "r", key |-> k, val |-> store[k]])
              /\ UNCHANGED <<store, active, done>>
Write(t, k) == /\ t \in active /\ Len(OpsOf(t)) < MaxOps
               /\ hist' = Append(hist, [tx |-> t, op |-> "w", key |-> k, val |-> t])
               /\ store' = [store EXCEPT ![k] = t]
               /\ UNCHANGED <<active, done>>
Commit(t) == /\ t \in active /\ OpsOf(t) # <<>>
             /\ active' = active \ {t} /\ done' = done \cup {t}
             /\ UNCHANGED <<hist, store>>
Next == \E t \in Tx : Commit(t) \/ \E k \in Key : Read(t, k) \/ Write(t, k)
Conflict(a, b) == a.key = b.key /\ a.tx # b.tx /\ "w" \in {a.op, b.op}
Edges == {<<hist[i].tx, hist[j].tx>> : <<i, j>> \in {p \in (1..Len(hist)) \X (1..Len(hist)) : p[1] < p[2] /\ Conflict(hist[p[1]], hist[p[2]])}}
RECURSIVE Reach(_, _)
Reach(E, S) == LET T == S \cup {e[2] : e \in {d \in E : d[1] \in S}} IN IF T = S THEN S ELSE Reach(E, T)
Acyclic == \A t \in Tx : t \notin Reach(Edges, {e[2] : e \in {d \in Edges : d[1] = t}})
Serializable == active = {} => Acyclic
Perms == {f \in [1..Cardinality(Tx) -> Tx] : \A i, j \in DOMAIN f : i # j => f[i] # f[j]}
ViewOK == \E p \in Perms : \A i, j \in DOMAIN p : i < j => <<p[j], p[i]>> \notin Edges
Same == Acyclic <=> ViewOK
Sy == Permutations(Tx) \cup Permutations(Key)
====
