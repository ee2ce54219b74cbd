---- MODULE SystemConsumerGroupModel ----
(***************************************************************************)
(* A consumer group: a coordinator, members that join, sync and heartbeat,  *)
(* an assignor given as an operator, offsets that are committed.            *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences, Bags, TLC
CONSTANTS Member, Partition, MaxGen, MaxOffset, Nobody, Assignor(_, _)
ASSUME GenPositive == MaxGen \in Nat \ {0}
ASSUME Assigns == \A ms \in SUBSET Member \ {{}} :
          LET a == Assignor(ms, Partition) IN DOMAIN a = Partition /\ \A p \in Partition : a[p] \in ms
VARIABLES coord, member, net, offsets, produced, log
vars == <<coord, member, net, offsets, produced, log>>
States == {"Empty", "Preparing", "Awaiting", "Stable"}
NoAssignment == [p \in Partition |-> Nobody]
Msg == [kind : {"join", "leave", "beat"}, from : Member, gen : 0..MaxGen]

Put(m) == net' = net (+) SetToBag({m})
Take(m) == BagIn(m, net) /\ net' = net (-) SetToBag({m})
Swap(m, n) == BagIn(m, net) /\ net' = (net (-) SetToBag({m})) (+) SetToBag({n})

Init ==
  /\ coord = [state |-> "Empty", gen |-> 0, members |-> {}, pending |-> {}, assignment |-> NoAssignment]
  /\ member = [m \in Member |-> [phase |-> "out", gen |-> 0, owned |-> {}]]
  /\ net = EmptyBag
  /\ offsets = [p \in Partition |-> 0]
  /\ produced = [p \in Partition |-> 0]
  /\ log = <<>>

Join(m) ==
  /\ member[m].phase = "out"
  /\ member' = [member EXCEPT ![m].phase = "joining"]
  /\ Put([kind |-> "join", from |-> m, gen |-> member[m].gen])
  /\ UNCHANGED <<coord, offsets, produced, log>>

Leave(m) ==
  /\ member[m].phase = "in"
  /\ member' = [member EXCEPT ![m] = [@ EXCEPT !.phase = "leaving", !.owned = {}]]
  /\ Put([kind |-> "leave", from |-> m, gen |-> member[m].gen])
  /\ UNCHANGED <<coord, offsets, produced, log>>

HandleJoin ==
  \E m \in BagToSet(net) :
    /\ m.kind = "join"
    /\ Take(m)
    /\ coord.gen < MaxGen
    /\ coord' = [coord EXCEPT !.state = "Preparing", !.members = @ \cup {m.from}, !.pending = @ \cup {m.from}]
    /\ UNCHANGED <<member, offsets, produced, log>>

HandleLeave ==
  \E m \in BagToSet(net) :
    /\ m.kind = "leave"
    /\ Take(m)
    /\ LET rest == coord.members \ {m.from}
       IN coord' = [coord EXCEPT !.members = rest, !.pending = @ \ {m.from},
                                 !.assignment = [p \in Partition |-> IF @[p] = m.from THEN Nobody ELSE @[p]],
                                 !.state = CASE rest = {} -> "Empty"
                                             [] coord.state = "Preparing" -> "Preparing"
                                             [] OTHER -> "Preparing"]
    /\ member' = [member EXCEPT ![m.from].phase = "out"]
    /\ UNCHANGED <<offsets, produced, log>>

CompleteJoin ==
  /\ coord.state = "Preparing"
  /\ coord.members # {}
  /\ coord.gen < MaxGen
  /\ coord' = [coord EXCEPT !.state = "Awaiting", !.gen = @ + 1, !.pending = coord.members]
  /\ UNCHANGED <<member, net, offsets, produced, log>>

Sync(m) ==
  /\ coord.state \in {"Awaiting", "Stable"}
  /\ m \in coord.pending
  /\ member[m].phase \in {"joining", "in"}
  /\ LET a == Assignor(coord.members, Partition)
         mine == {p \in Partition : a[p] = m}
         left == coord.pending \ {m}
     IN /\ member' = [member EXCEPT ![m] = [phase |-> "in", gen |-> coord.gen, owned |-> mine]]
        /\ coord' = [coord EXCEPT !.pending = left, !.assignment = a,
                                  !.state = IF left = {} THEN "Stable" ELSE @]
        /\ log' = IF left = {} THEN Append(log, [gen |-> coord.gen, who |-> coord.members]) ELSE log
  /\ UNCHANGED <<net, offsets, produced>>

Produce(p) == /\ produced[p] < MaxOffset
              /\ produced' = [produced EXCEPT ![p] = @ + 1]
              /\ UNCHANGED <<coord, member, net, offsets, log>>

CommitOffset(m, p) ==
  /\ p \in member[m].owned
  /\ member[m].gen = coord.gen
  /\ coord.state = "Stable"
  /\ offsets[p] < produced[p]
  /\ (offsets' = offsets @@ <<>> /\ FALSE) \/ offsets' = [offsets EXCEPT ![p] = @ + 1]
  /\ UNCHANGED <<coord, member, net, produced, log>>

Next == \/ HandleJoin \/ HandleLeave \/ CompleteJoin
        \/ \E m \in Member : Join(m) \/ Leave(m) \/ Sync(m) \/ \E p \in Partition : CommitOffset(m, p)
        \/ \E p \in Partition : Produce(p)
Spec == Init /\ [][Next]_vars
        /\ WF_vars(CompleteJoin) /\ WF_vars(HandleJoin) /\ \A m \in Member : WF_vars(Sync(m))
-----------------------------------------------------------------------------
TypeOK ==
  /\ coord \in [state : States, gen : 0..MaxGen, members : SUBSET Member, pending : SUBSET Member,
                assignment : [Partition -> Member \cup {Nobody}]]
  /\ member \in [Member -> [phase : {"out", "joining", "in", "leaving"}, gen : 0..MaxGen, owned : SUBSET Partition]]
  /\ BagToSet(net) \subseteq Msg
  /\ offsets \in [Partition -> 0..MaxOffset]
AtMostOneOwner == \A m, n \in Member : m # n /\ member[m].gen = member[n].gen => member[m].owned \cap member[n].owned = {}
OneMessageEach == \A m \in BagToSet(net) : CopiesIn(m, net) = 1
Committed == \A p \in Partition : offsets[p] <= produced[p]
PendingJoined == coord.pending \subseteq coord.members
EmptyHasNone == coord.state = "Empty" <=> coord.members = {}
LogGrowsByGeneration == \A i, j \in DOMAIN log : i < j => log[i].gen <= log[j].gen
StableAssigned == coord.state = "Stable" => \A p \in Partition : coord.assignment[p] \in coord.members \cup {Nobody}
OffsetsGrow == [][\A p \in Partition : offsets'[p] >= offsets[p]]_offsets
GenerationGrows == [][coord'.gen \in {coord.gen, coord.gen + 1}]_coord
BagSmall == BagCardinality(net) <= Cardinality(Member)
====
