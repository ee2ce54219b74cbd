---- MODULE RefinementMutex ----
\* A queue of waiting processes refines an abstract lock, fairness and liveness included.
EXTENDS Naturals, FiniteSets
CONSTANT Procs
VARIABLES pc, flag, turnq
vars == <<pc, flag, turnq>>
Init == pc = [p \in Procs |-> "idle"] /\ flag = {} /\ turnq = <<>>
EXT == INSTANCE Sequences
Try(p) == pc[p] = "idle" /\ pc' = [pc EXCEPT ![p] = "wait"] /\ turnq' = EXT!Append(turnq, p) /\ UNCHANGED flag
Enter(p) == pc[p] = "wait" /\ flag = {} /\ EXT!Head(turnq) = p /\ pc' = [pc EXCEPT ![p] = "crit"] /\ flag' = {p} /\ turnq' = EXT!Tail(turnq)
Exit(p) == pc[p] = "crit" /\ pc' = [pc EXCEPT ![p] = "idle"] /\ flag' = {} /\ UNCHANGED turnq
Next == \E p \in Procs : Try(p) \/ Enter(p) \/ Exit(p)
Fair == \A p \in Procs : WF_vars(Enter(p)) /\ WF_vars(Exit(p))
Spec == Init /\ [][Next]_vars /\ Fair
holderOf == CHOOSE h \in flag \cup {"none"} : flag = {} \/ h \in flag
waiting == {p \in Procs : pc[p] = "wait"}
L == INSTANCE RefinementMutexAbstractLock WITH Clients <- Procs, holder <- flag, want <- waiting
Impl == L!Spec
ImplLive == L!Live
Safe == L!Mutex
====
