---- MODULE SystemSuspicionModel ----
(* Membership by gossip: incarnations, suspicion, piggybacked updates, a partitioned network. *)
EXTENDS Integers, FiniteSets, TLC
CONSTANTS Node, MaxInc, Rounds
VARIABLES view, inc, up, links, pings, round
vars == <<view, inc, up, links, pings, round>>
Status == {"alive", "suspect", "dead"}
Rank(s) == CASE s = "alive" -> 0 [] s = "suspect" -> 1 [] s = "dead" -> 2
Overrides(a, b) == \/ a.status = "dead" /\ b.status # "dead"
                   \/ a.status # "dead" /\ b.status # "dead" /\ a.inc > b.inc
                   \/ a.inc = b.inc /\ Rank(a.status) > Rank(b.status)
Merge(mine, theirs) == [n \in Node |-> IF Overrides(theirs[n], mine[n]) THEN theirs[n] ELSE mine[n]]
Pairs == {S \in SUBSET Node : Cardinality(S) = 2}
Init == /\ view = [n \in Node |-> [m \in Node |-> [status |-> "alive", inc |-> 0]]]
        /\ inc = [n \in Node |-> 0]
        /\ up = Node
        /\ links = Pairs
        /\ pings = {}
        /\ round = 0
Cut(l) == /\ l \in links /\ Cardinality(links) > 2
          /\ links' = links \ {l}
          /\ UNCHANGED <<view, inc, up, pings, round>>
Heal == /\ links # Pairs
        /\ links' = Pairs
        /\ UNCHANGED <<view, inc, up, pings, round>>
CrashNode(n) == /\ n \in up /\ Cardinality(up) > 2
                /\ up' = up \ {n}
                /\ pings' = {p \in pings : n \notin {p[1], p[2]}}
                /\ UNCHANGED <<view, inc, links, round>>
Ping(a, b) == /\ a # b /\ a \in up /\ round < Rounds
              /\ view[a][b].status # "dead"
              /\ ~ \E p \in pings : p[1] = a
              /\ pings' = pings \cup {<<a, b>>}
              /\ round' = round + 1
              /\ UNCHANGED <<view, inc, up, links>>
Refute(n, v) == IF v[n].status # "alive" /\ inc[n] < MaxInc
                THEN [v EXCEPT ![n] = [status |-> "alive", inc |-> v[n].inc + 1]]
                ELSE v
Ack == \E <<a, b>> \in pings :
         /\ b \in up
         /\ {a, b} \in links
         /\ LET both == Merge(view[a], view[b])
                atB == Refute(b, both)
            IN /\ view' = [view EXCEPT ![a] = Merge(Refute(a, both), atB), ![b] = atB]
               /\ inc' = [inc EXCEPT ![b] = atB[b].inc, ![a] = Refute(a, both)[a].inc]
         /\ pings' = pings \ {<<a, b>>}
         /\ UNCHANGED <<up, links, round>>
Miss == \E <<a, b>> \in pings :
         /\ b \notin up \/ {a, b} \notin links
         /\ view' = [view EXCEPT ![a][b] = IF @.status = "alive" THEN [@ EXCEPT !.status = "suspect"]
                                           ELSE [@ EXCEPT !.status = "dead"]]
         /\ pings' = pings \ {<<a, b>>}
         /\ UNCHANGED <<inc, up, links, round>>
Next == \/ \E l \in Pairs : Cut(l)
        \/ Heal \/ Ack \/ Miss
        \/ \E n \in Node : CrashNode(n)
        \/ \E a, b \in Node : Ping(a, b)
Spec == Init /\ [][Next]_vars /\ WF_vars(Ack \/ Miss)
-----------------------------------------------------------------------------
TypeOK == /\ view \in [Node -> [Node -> [status : Status, inc : 0..MaxInc]]]
          /\ inc \in [Node -> 0..MaxInc]
          /\ up \subseteq Node /\ links \subseteq Pairs /\ pings \subseteq Node \X Node
SelfAlive == \A n \in up : inc[n] < MaxInc => view[n][n].status = "alive"
IncKnown == \A m, n \in Node : view[m][n].inc <= inc[n]
OnePing == \A p, q \in pings : p[1] = q[1] => p = q
NoSelfPing == \A <<a, b>> \in pings : a # b
DeadStays == [][\A m, n \in Node : view[m][n].status = "dead" => view'[m][n].status = "dead"]_view
PingsEnd == \A a \in Node : (\E b \in Node : <<a, b>> \in pings) ~> ~(\E b \in Node : <<a, b>> \in pings)
====
