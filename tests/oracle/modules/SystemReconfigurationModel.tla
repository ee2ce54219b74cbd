---- MODULE SystemReconfigurationModel ----
(* Leader election and a log with one-at-a-time reconfiguration. *)
EXTENDS Integers, FiniteSets, Sequences, TLC
CONSTANTS Server, InitialMembers, MaxTerm, MaxLog, Value
CONSTANTS Follower, Candidate, Leader, NilServer
VARIABLES currentTerm, role, votedFor, log, commitIndex, config, votes, msgs, elections
serverVars == <<currentTerm, role, votedFor>>
logVars == <<log, commitIndex, config>>
vars == <<serverVars, logVars, votes, msgs, elections>>

Quorums(members) == {Q \in SUBSET members : Cardinality(Q) * 2 > Cardinality(members)}
LastTerm(xlog) == IF Len(xlog) = 0 THEN 0 ELSE xlog[Len(xlog)].term
Min2(a, b) == IF a < b THEN a ELSE b
Entry(t, k, v) == [term |-> t, kind |-> k, value |-> v]

\* The configuration in force is that of the latest entry of the kind "config".
ConfigOf(xlog) ==
  LET idxs == {i \in DOMAIN xlog : xlog[i].kind = "config"}
      latest == CHOOSE i \in idxs : \A j \in idxs : j <= i
  IN IF idxs = {} THEN InitialMembers ELSE xlog[latest].value

Send(m) == msgs' = msgs \cup {m}

Init ==
  /\ currentTerm = [s \in Server |-> 0]
  /\ role = [s \in Server |-> Follower]
  /\ votedFor = [s \in Server |-> NilServer]
  /\ log = [s \in Server |-> <<>>]
  /\ commitIndex = [s \in Server |-> 0]
  /\ config = [s \in Server |-> InitialMembers]
  /\ votes = [s \in Server |-> {}]
  /\ msgs = {}
  /\ elections = {}

Timeout(s) ==
  /\ role[s] \in {Follower, Candidate}
  /\ s \in config[s]
  /\ currentTerm[s] < MaxTerm
  /\ currentTerm' = [currentTerm EXCEPT ![s] = @ + 1]
  /\ role' = [role EXCEPT ![s] = Candidate]
  /\ votedFor' = [votedFor EXCEPT ![s] = s]
  /\ votes' = [votes EXCEPT ![s] = {s}]
  /\ Send([type |-> "RequestVote", term |-> currentTerm[s] + 1, from |-> s,
           lastTerm |-> LastTerm(log[s]), lastIndex |-> Len(log[s])])
  /\ UNCHANGED <<logVars, elections>>

GrantVote(s, m) ==
  /\ m.type = "RequestVote"
  /\ m.from # s
  /\ LET upToDate == \/ m.lastTerm > LastTerm(log[s])
                     \/ /\ m.lastTerm = LastTerm(log[s])
                        /\ m.lastIndex >= Len(log[s])
         newer == m.term > currentTerm[s]
         free == newer \/ (m.term = currentTerm[s] /\ votedFor[s] \in {NilServer, m.from})
     IN /\ upToDate
        /\ free
        /\ currentTerm' = [currentTerm EXCEPT ![s] = m.term]
        /\ votedFor' = [votedFor EXCEPT ![s] = m.from]
        /\ role' = [role EXCEPT ![s] = IF newer THEN Follower ELSE @]
        /\ Send([type |-> "Vote", term |-> m.term, from |-> s, to |-> m.from])
  /\ UNCHANGED <<logVars, votes, elections>>

CollectVote(s, m) ==
  /\ m.type = "Vote"
  /\ m.to = s
  /\ role[s] = Candidate
  /\ m.term = currentTerm[s]
  /\ votes' = [votes EXCEPT ![s] = @ \cup {m.from}]
  /\ UNCHANGED <<serverVars, logVars, msgs, elections>>

BecomeLeader(s) ==
  /\ role[s] = Candidate
  /\ \E Q \in Quorums(config[s]) : Q \subseteq votes[s]
  /\ role' = [role EXCEPT ![s] = Leader]
  /\ elections' = elections \cup {[term |-> currentTerm[s], leader |-> s, log |-> log[s]]}
  /\ UNCHANGED <<currentTerm, votedFor, logVars, votes, msgs>>

ClientRequest(s, v) ==
  /\ role[s] = Leader
  /\ Len(log[s]) < MaxLog
  /\ log' = [log EXCEPT ![s] = Append(@, Entry(currentTerm[s], "data", v))]
  /\ UNCHANGED <<serverVars, commitIndex, config, votes, msgs, elections>>

Reconfigure(s, new) ==
  /\ role[s] = Leader
  /\ Len(log[s]) < MaxLog
  /\ Cardinality((new \ config[s]) \cup (config[s] \ new)) = 1
  /\ new # {}
  \* an entry of the own term is committed, and so is the last configuration
  /\ \E i \in 1..commitIndex[s] : log[s][i].term = currentTerm[s]
  /\ \A i \in DOMAIN log[s] : log[s][i].kind = "config" => i <= commitIndex[s]
  /\ log' = [log EXCEPT ![s] = Append(@, Entry(currentTerm[s], "config", new))]
  /\ config' = [config EXCEPT ![s] = new]
  /\ UNCHANGED <<serverVars, commitIndex, votes, msgs, elections>>

Replicate(s, t) ==
  /\ role[s] = Leader
  /\ s # t
  /\ t \in config[s]
  /\ currentTerm[t] <= currentTerm[s]
  /\ log[t] # log[s]
  /\ LET common == {i \in 0..Min2(Len(log[s]), Len(log[t])) :
                      SubSeq(log[s], 1, i) = SubSeq(log[t], 1, i)}
         from == CHOOSE i \in common : \A j \in common : j <= i
         newLog == SubSeq(log[s], 1, Min2(Len(log[s]), from + 1))
     IN /\ log' = [log EXCEPT ![t] = newLog]
        /\ config' = [config EXCEPT ![t] = ConfigOf(newLog)]
  /\ currentTerm' = [currentTerm EXCEPT ![t] = currentTerm[s]]
  /\ role' = [role EXCEPT ![t] = Follower]
  /\ votedFor' = [votedFor EXCEPT ![t] = IF currentTerm[t] = currentTerm[s] THEN @ ELSE NilServer]
  /\ UNCHANGED <<commitIndex, votes, msgs, elections>>

Commit(s) ==
  /\ role[s] = Leader
  /\ LET holds(i) == {t \in config[s] : /\ Len(log[t]) >= i
                                        /\ SubSeq(log[t], 1, i) = SubSeq(log[s], 1, i)
                                        /\ currentTerm[t] = currentTerm[s]}
         agreed == {i \in (commitIndex[s] + 1)..Len(log[s]) :
                      /\ log[s][i].term = currentTerm[s]
                      /\ holds(i) \in Quorums(config[s])}
     IN /\ agreed # {}
        /\ commitIndex' = [commitIndex EXCEPT ![s] = CHOOSE i \in agreed : \A j \in agreed : i >= j]
  /\ UNCHANGED <<serverVars, log, config, votes, msgs, elections>>

LearnCommit(s, t) ==
  /\ role[s] = Leader
  /\ currentTerm[t] = currentTerm[s]
  /\ commitIndex[t] < commitIndex[s]
  /\ LET upTo == Min2(commitIndex[s], Len(log[t]))
     IN /\ upTo > commitIndex[t]
        /\ SubSeq(log[t], 1, upTo) = SubSeq(log[s], 1, upTo)
        /\ commitIndex' = [commitIndex EXCEPT ![t] = upTo]
  /\ UNCHANGED <<serverVars, log, config, votes, msgs, elections>>

Next ==
  \/ \E s \in Server : Timeout(s) \/ BecomeLeader(s) \/ Commit(s)
  \/ \E s \in Server, m \in msgs : GrantVote(s, m) \/ CollectVote(s, m)
  \/ \E s \in Server, v \in Value : ClientRequest(s, v)
  \/ \E s \in Server, new \in SUBSET Server : Reconfigure(s, new)
  \/ \E s, t \in Server : Replicate(s, t) \/ LearnCommit(s, t)

Spec == Init /\ [][Next]_vars
-----------------------------------------------------------------------------
TypeOK ==
  /\ currentTerm \in [Server -> 0..MaxTerm]
  /\ role \in [Server -> {Follower, Candidate, Leader}]
  /\ votedFor \in [Server -> Server \cup {NilServer}]
  /\ commitIndex \in [Server -> 0..MaxLog]
  /\ votes \in [Server -> SUBSET Server]
  /\ config \in [Server -> SUBSET Server]
  /\ \A s \in Server : \A i \in DOMAIN log[s] : log[s][i].kind \in {"data", "config"}
ElectionSafety == \A e, f \in elections : e.term = f.term => e.leader = f.leader
LeaderAppendOnly == [][\A s \in Server : (role[s] = Leader /\ role'[s] = Leader) =>
                          /\ Len(log'[s]) >= Len(log[s])
                          /\ SubSeq(log'[s], 1, Len(log[s])) = log[s]]_vars
LogMatching == \A s, t \in Server : \A i \in DOMAIN log[s] \cap DOMAIN log[t] :
                  log[s][i].term = log[t][i].term => SubSeq(log[s], 1, i) = SubSeq(log[t], 1, i)
StateMachineSafety == \A s, t \in Server : \A i \in 1..Min2(commitIndex[s], commitIndex[t]) : log[s][i] = log[t][i]
CommittedWithinLog == \A s \in Server : commitIndex[s] <= Len(log[s])
TermsGrow == \A s \in Server : \A i, j \in DOMAIN log[s] : i < j => log[s][i].term <= log[s][j].term
VotesAreOwn == \A s \in Server : role[s] = Candidate => s \in votes[s]
ConfigInForce == \A s \in Server : config[s] = ConfigOf(log[s])
NeighboursOverlap == \A s \in Server : \A i \in DOMAIN log[s] : log[s][i].kind = "config" =>
   LET before == ConfigOf(SubSeq(log[s], 1, i - 1)) IN
     \A P \in Quorums(before), Q \in Quorums(log[s][i].value) : P \cap Q # {}
CommitMonotonic == [][\A s \in Server : commitIndex'[s] >= commitIndex[s]]_vars
TermMonotonic == [][\A s \in Server : currentTerm'[s] >= currentTerm[s]]_vars
====
