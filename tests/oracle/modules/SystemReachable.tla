---- MODULE SystemReachable ----
EXTENDS Integers, FiniteSets, Sequences
CONSTANTS Nodes, Root, Procs
ASSUME /\ Root \in Nodes /\ Procs # {}
Succ == [n \in Nodes |-> {(2 * n) % 7, (n + 3) % 7} \cap Nodes]
RECURSIVE ReachSet(_)
ReachSet(S) == LET T == S \cup UNION {Succ[n] : n \in S} IN IF T = S THEN S ELSE ReachSet(T)
Reachable == ReachSet({Root})
VARIABLES marked, vroot, pc, u, toVroot
vars == << marked, vroot, pc, u, toVroot >>
ProcSet == (Procs)
Init == /\ marked = {} /\ vroot = {Root}
        /\ u = [self \in Procs |-> Root]
        /\ toVroot = [self \in Procs |-> {}]
        /\ pc = [self \in ProcSet |-> "a"]
a(self) == /\ pc[self] = "a"
           /\ IF vroot # {}
                 THEN /\ \E v \in vroot: u' = [u EXCEPT ![self] = v]
                      /\ pc' = [pc EXCEPT ![self] = "b"]
                 ELSE /\ pc' = [pc EXCEPT ![self] = "Done"] /\ u' = u
           /\ UNCHANGED << marked, vroot, toVroot >>
b(self) == /\ pc[self] = "b"
           /\ IF u[self] \notin marked
                 THEN /\ marked' = (marked \cup {u[self]})
                      /\ toVroot' = [toVroot EXCEPT ![self] = Succ[u[self]]]
                      /\ pc' = [pc EXCEPT ![self] = "c"] /\ vroot' = vroot
                 ELSE /\ vroot' = vroot \ {u[self]}
                      /\ pc' = [pc EXCEPT ![self] = "a"]
                      /\ UNCHANGED << marked, toVroot >>
           /\ u' = u
c(self) == /\ pc[self] = "c"
           /\ IF toVroot[self] # {}
                 THEN /\ \E w \in toVroot[self]:
                           /\ vroot' = (vroot \cup {w})
                           /\ toVroot' = [toVroot EXCEPT ![self] = toVroot[self] \ {w}]
                      /\ pc' = [pc EXCEPT ![self] = "c"]
                 ELSE /\ pc' = [pc EXCEPT ![self] = "a"] /\ UNCHANGED << vroot, toVroot >>
           /\ UNCHANGED << marked, u >>
p(self) == a(self) \/ b(self) \/ c(self)
Terminating == /\ \A self \in ProcSet: pc[self] = "Done" /\ UNCHANGED vars
Next == (\E self \in Procs: p(self)) \/ Terminating
Spec == /\ Init /\ [][Next]_vars /\ \A self \in Procs : WF_vars(p(self))
Termination == <>(\A self \in ProcSet: pc[self] = "Done")
NotDone == {self \in Procs : pc[self] # "Done"}
Inv2 == \A n \in marked : Succ[n] \subseteq marked \cup vroot \cup UNION {toVroot[i] : i \in Procs}
Partial == (\A q \in Procs : pc[q] = "Done") => marked = Reachable
\* the abstract algorithm, refined
R == INSTANCE SystemReachableAbstract WITH vroot <- vroot \cup UNION {toVroot[i] : i \in Procs},
                            pc <- IF \A q \in Procs : pc[q] = "Done" THEN "Done" ELSE "a"
Refines == R!Init /\ [][R!Next]_R!vars
====
