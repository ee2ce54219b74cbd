---- MODULE SystemOplog ----
(* Logs that follow one another and roll back; sequences are typed by BoundedSeq. *)
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS Server, MaxTerm, MaxLen
VARIABLES log, term, state, committed
vars == <<log, term, state, committed>>
IsMajority(S) == Cardinality(S) * 2 > Cardinality(Server)
BoundedSeq(S, n) == UNION {[1..m -> S] : m \in 0..n}
Last(xs) == xs[Len(xs)]
LogTerm(i, idx) == IF idx = 0 THEN 0 ELSE log[i][idx].term
LastTerm(xs) == IF Len(xs) = 0 THEN 0 ELSE Last(xs).term
Init == /\ log = [i \in Server |-> << >>]
        /\ term = [i \in Server |-> 0]
        /\ state = [i \in Server |-> "Follower"]
        /\ committed = {}
NotBehind(me, j) == \/ LastTerm(log[me]) > LastTerm(log[j])
                    \/ /\ LastTerm(log[me]) = LastTerm(log[j])
                       /\ Len(log[me]) >= Len(log[j])
AppendOplog(i, j) == /\ Len(log[i]) < Len(log[j])
                     /\ LastTerm(log[i]) = LogTerm(j, Len(log[i]))
                     /\ log' = [log EXCEPT ![i] = Append(log[i], log[j][Len(log[i]) + 1])]
                     /\ UNCHANGED <<term, state, committed>>
CanRollback(i, j) == /\ LastTerm(log[i]) < LastTerm(log[j])
                     /\ ~ (Len(log[i]) <= Len(log[j]) /\ LastTerm(log[i]) = LogTerm(j, Len(log[i])))
Rollback(i, j) == /\ Len(log[i]) > 0 /\ CanRollback(i, j)
                  /\ log' = [log EXCEPT ![i] = SubSeq(log[i], 1, Len(log[i]) - 1)]
                  /\ UNCHANGED <<term, state, committed>>
BecomeLeader(i) == \E voters \in {S \in SUBSET Server : i \in S /\ IsMajority(S)} :
   /\ \A v \in voters : NotBehind(i, v) /\ term[v] <= term[i]
   /\ term[i] < MaxTerm
   /\ term' = [s \in Server |-> IF s \in voters THEN term[i] + 1 ELSE term[s]]
   /\ state' = [s \in Server |-> IF s = i THEN "Leader" ELSE IF s \in voters THEN "Follower" ELSE state[s]]
   /\ UNCHANGED <<log, committed>>
Write(i) == /\ state[i] = "Leader" /\ Len(log[i]) < MaxLen
            /\ log' = [log EXCEPT ![i] = Append(@, [term |-> term[i]])]
            /\ UNCHANGED <<term, state, committed>>
Commit(i) == /\ state[i] = "Leader" /\ log[i] # <<>>
             /\ LET n == Len(log[i])
                    agree == {s \in Server : Len(log[s]) >= n /\ LogTerm(s, n) = term[i] /\ term[s] = term[i]}
                IN LogTerm(i, n) = term[i] /\ IsMajority(agree)
             /\ committed' = committed \cup {<<Len(log[i]), term[i]>>}
             /\ UNCHANGED <<log, term, state>>
UpdateTerm(i, j) == /\ term[i] > term[j]
                    /\ term' = [term EXCEPT ![j] = term[i]]
                    /\ state' = [state EXCEPT ![j] = "Follower"]
                    /\ UNCHANGED <<log, committed>>
Next == \/ \E i, j \in Server : AppendOplog(i, j) \/ Rollback(i, j) \/ UpdateTerm(i, j)
        \/ \E i \in Server : BecomeLeader(i) \/ Write(i) \/ Commit(i)
Spec == Init /\ [][Next]_vars
TypeOK == /\ log \in [Server -> BoundedSeq([term : 0..MaxTerm], MaxLen)]
          /\ term \in [Server -> 0..MaxTerm]
          /\ state \in [Server -> {"Leader", "Follower"}]
OneLeader == \A s, t \in Server : (state[s] = "Leader" /\ state[t] = "Leader" /\ term[s] = term[t]) => s = t
CommittedStays == \A c \in committed : IsMajority({s \in Server : Len(log[s]) >= c[1] /\ LogTerm(s, c[1]) = c[2]})
Sym == Permutations(Server)
====
