---- MODULE SystemReplicatedLog ----
EXTENDS Integers, FiniteSets, Sequences, TLC
CONSTANTS Replicas, LogSize, MaxLeaderEpoch
ASSUME LogSize \in Nat /\ MaxLeaderEpoch \in Nat
None == -1
VARIABLES replicaLog, replicaState, quorumState, requests, nextEpoch
vars == <<replicaLog, replicaState, quorumState, requests, nextEpoch>>
LOCAL Min(a, b) == IF a < b THEN a ELSE b
EmptyLog == [end |-> 0, records |-> [o \in 0..LogSize-1 |-> [id |-> None, epoch |-> None]]]
Init == /\ replicaLog = [r \in Replicas |-> EmptyLog]
        /\ replicaState = [r \in Replicas |-> [hw |-> 0, epoch |-> None, leader |-> "none", isr |-> {}]]
        /\ quorumState = [epoch |-> None, leader |-> "none", isr |-> Replicas]
        /\ requests = {}
        /\ nextEpoch = 0
Entries(l) == [o \in 0..(replicaLog[l].end - 1) |-> replicaLog[l].records[o]]
IsTrueLeader(r) == quorumState.leader = r /\ replicaState[r].leader = r
ControllerElect == \E newLeader \in quorumState.isr :
   /\ quorumState.leader # newLeader
   /\ nextEpoch <= MaxLeaderEpoch
   /\ nextEpoch' = nextEpoch + 1
   /\ quorumState' = [quorumState EXCEPT !.epoch = nextEpoch, !.leader = newLeader]
   /\ requests' = requests \cup {[epoch |-> nextEpoch, leader |-> newLeader, isr |-> quorumState.isr]}
   /\ UNCHANGED <<replicaLog, replicaState>>
ShrinkIsr == \E r \in quorumState.isr :
   /\ Cardinality(quorumState.isr) > 1
   /\ quorumState.leader # r
   /\ nextEpoch <= MaxLeaderEpoch /\ nextEpoch' = nextEpoch + 1
   /\ LET q == [quorumState EXCEPT !.isr = @ \ {r}, !.epoch = nextEpoch] IN
        /\ quorumState' = q /\ requests' = requests \cup {q}
   /\ UNCHANGED <<replicaLog, replicaState>>
BecomeLeader == \E req \in requests : LET l == req.leader IN
   /\ l # "none" /\ req.epoch > replicaState[l].epoch
   /\ replicaState' = [replicaState EXCEPT ![l] = [hw |-> @.hw, epoch |-> req.epoch, leader |-> l, isr |-> req.isr]]
   /\ UNCHANGED <<replicaLog, quorumState, requests, nextEpoch>>
BecomeFollower == \E r \in Replicas, req \in requests :
   /\ req.leader \notin {"none", r} /\ req.epoch > replicaState[r].epoch
   /\ replicaState' = [replicaState EXCEPT ![r] = [hw |-> @.hw, epoch |-> req.epoch, leader |-> req.leader, isr |-> req.isr]]
   /\ replicaLog' = [replicaLog EXCEPT ![r] = LET e == Min(@.end, replicaState[r].hw) IN
         [end |-> e, records |-> [o \in 0..LogSize-1 |-> IF o < e THEN @.records[o] ELSE EmptyLog.records[o]]]]
   /\ UNCHANGED <<quorumState, requests, nextEpoch>>
Write == \E r \in Replicas :
   /\ replicaState[r].leader = r /\ replicaLog[r].end < LogSize
   /\ LET e == replicaLog[r].end IN
      replicaLog' = [replicaLog EXCEPT ![r].end = @ + 1, ![r].records[e] = [id |-> e, epoch |-> replicaState[r].epoch]]
   /\ UNCHANGED <<replicaState, quorumState, requests, nextEpoch>>
Fetch == \E f, l \in Replicas :
   /\ f # l /\ replicaState[f].leader = l /\ replicaState[l].leader = l /\ replicaState[f].epoch = replicaState[l].epoch
   /\ replicaLog[f].end < replicaLog[l].end
   /\ LET e == replicaLog[f].end IN
      replicaLog' = [replicaLog EXCEPT ![f].end = e + 1, ![f].records = [@ EXCEPT ![e] = replicaLog[l].records[e]]]
   /\ replicaState' = [replicaState EXCEPT ![f].hw = Min(replicaLog[f].end + 1, replicaState[l].hw)]
   /\ UNCHANGED <<quorumState, requests, nextEpoch>>
AdvanceHw == \E l \in Replicas :
   /\ replicaState[l].leader = l
   /\ LET n == replicaState[l].hw + 1 IN
      /\ \A f \in replicaState[l].isr : replicaLog[f].end >= n
      /\ replicaLog[l].end >= n
      /\ replicaState' = [replicaState EXCEPT ![l].hw = n]
   /\ UNCHANGED <<replicaLog, quorumState, requests, nextEpoch>>
Next == ControllerElect \/ ShrinkIsr \/ BecomeLeader \/ BecomeFollower \/ Write \/ Fetch \/ AdvanceHw
Spec == Init /\ [][Next]_vars
WeakIsr == \A r1 \in Replicas : IsTrueLeader(r1) =>
   \A r2 \in replicaState[r1].isr, o \in 0..(replicaState[r1].hw - 1) :
      /\ o < replicaLog[r2].end => replicaLog[r1].records[o] = replicaLog[r2].records[o]
TypeOk == replicaState \in [Replicas -> [hw : 0..LogSize, epoch : {None} \cup 0..MaxLeaderEpoch, leader : Replicas \cup {"none"}, isr : SUBSET Replicas]]
====
