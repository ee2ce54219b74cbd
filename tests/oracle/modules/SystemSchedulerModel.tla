---- MODULE SystemSchedulerModel ----
(* A cluster scheduler: pods with requests, nodes with capacity, taints, a reconcile queue, evictions. *)
EXTENDS Naturals, FiniteSets, Sequences, TLC
CONSTANTS Pod, NodeSet, Cap, Need, MaxVersion, Unbound
VARIABLES pods, nodes, queue, version, events
vars == <<pods, nodes, queue, version, events>>
Placed(n) == {p \in Pod : pods[p].node = n}
Used(n) == LET S == Placed(n) IN
           LET U[T \in SUBSET S] == IF T = {} THEN 0 ELSE LET p == CHOOSE p \in T : TRUE IN Need[p] + U[T \ {p}] IN U[S]
Fits(p, n) == nodes[n].ready /\ Used(n) + Need[p] <= Cap[n]
Score(p, n) == Cap[n] - Used(n)
Best(p) == LET ok == {n \in NodeSet : Fits(p, n)} IN
           CHOOSE n \in ok : \A m \in ok : Score(p, n) >= Score(p, m)
Enq(q, p) == IF \E i \in DOMAIN q : q[i] = p THEN q ELSE Append(q, p)
RECURSIVE EnqAll(_, _)
EnqAll(q, S) == IF S = {} THEN q ELSE LET p == CHOOSE p \in S : TRUE IN EnqAll(Enq(q, p), S \ {p})
Bump == version' = version + 1
Init == /\ pods = [p \in Pod |-> [phase |-> "absent", node |-> Unbound, rv |-> 0]]
        /\ nodes = [n \in NodeSet |-> [ready |-> TRUE, rv |-> 0]]
        /\ queue = <<>> /\ version = 0 /\ events = <<>>
Create(p) == /\ pods[p].phase = "absent" /\ version < MaxVersion
             /\ pods' = [pods EXCEPT ![p] = [phase |-> "pending", node |-> Unbound, rv |-> version + 1]]
             /\ queue' = Enq(queue, p) /\ Bump /\ UNCHANGED <<nodes, events>>
Bind == /\ queue # <<>>
        /\ LET p == Head(queue) IN
           IF pods[p].phase = "pending" /\ \E n \in NodeSet : Fits(p, n)
           THEN /\ pods' = [pods EXCEPT ![p] = [@ EXCEPT !.phase = "running", !.node = Best(p)]]
                /\ events' = Append(events, <<"bound", p, Best(p)>>)
           ELSE /\ events' = IF pods[p].phase = "pending" THEN Append(events, <<"nofit", p, Unbound>>) ELSE events
                /\ UNCHANGED pods
        /\ queue' = Tail(queue) /\ UNCHANGED <<nodes, version>>
NodeDown(n) == /\ nodes[n].ready /\ version < MaxVersion
               /\ nodes' = [nodes EXCEPT ![n] = [ready |-> FALSE, rv |-> version + 1]]
               /\ pods' = [p \in Pod |-> IF pods[p].node = n THEN [phase |-> "pending", node |-> Unbound, rv |-> version + 1] ELSE pods[p]]
               /\ queue' = EnqAll(queue, Placed(n)) /\ Bump /\ UNCHANGED events
NodeUp(n) == /\ ~nodes[n].ready
             /\ nodes' = [nodes EXCEPT ![n].ready = TRUE]
             /\ queue' = EnqAll(queue, {p \in Pod : pods[p].phase = "pending"})
             /\ UNCHANGED <<pods, version, events>>
Delete(p) == /\ pods[p].phase \in {"pending", "running"} /\ version < MaxVersion
             /\ pods' = [pods EXCEPT ![p] = [phase |-> "absent", node |-> Unbound, rv |-> version + 1]]
             /\ queue' = EnqAll(SelectSeq(queue, LAMBDA q : q # p), {q \in Pod \ {p} : pods[q].phase = "pending"})
             /\ Bump /\ UNCHANGED <<nodes, events>>
Next == \/ \E p \in Pod : Create(p) \/ Delete(p)
        \/ Bind \/ \E n \in NodeSet : NodeDown(n) \/ NodeUp(n)
Spec == Init /\ [][Next]_vars /\ WF_vars(Bind) /\ \A n \in NodeSet : WF_vars(NodeUp(n))
TypeOK == /\ pods \in [Pod -> [phase : {"absent", "pending", "running"}, node : NodeSet \cup {Unbound}, rv : 0..MaxVersion]]
          /\ queue \in Seq(Pod) /\ version \in 0..MaxVersion
NoOvercommit == \A n \in NodeSet : Used(n) <= Cap[n]
RunningPlaced == \A p \in Pod : pods[p].phase = "running" <=> pods[p].node # Unbound
NoDup == \A i, j \in DOMAIN queue : queue[i] = queue[j] => i = j
OnReady == \A p \in Pod : pods[p].node # Unbound => nodes[pods[p].node].ready
PendingKnown == \A p \in Pod : pods[p].phase = "pending" => (\E i \in DOMAIN queue : queue[i] = p) \/ \A n \in NodeSet : ~Fits(p, n) \/ \E i \in DOMAIN events : events[i][1] = "nofit" /\ events[i][2] = p
VersionsGrow == [][version' >= version /\ \A p \in Pod : pods'[p].rv >= pods[p].rv]_vars
Drains == []<>(queue = <<>>)
Settles == <>[][UNCHANGED version]_vars
Slim == <<pods, nodes, queue, version>>
====
