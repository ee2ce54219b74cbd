---- MODULE RefinementCommit ----
\* Two-phase commit refines transaction commit.
CONSTANT RM
VARIABLES rmState, tmState, tmPrepared, msgs
Message == [type : {"Prepared"}, rm : RM] \cup [type : {"Commit", "Abort"}]
Init == rmState = [r \in RM |-> "working"] /\ tmState = "init" /\ tmPrepared = {} /\ msgs = {}
TMRcvPrepared(r) == tmState = "init" /\ [type |-> "Prepared", rm |-> r] \in msgs /\ tmPrepared' = tmPrepared \cup {r} /\ UNCHANGED <<rmState, tmState, msgs>>
TMCommit == tmState = "init" /\ tmPrepared = RM /\ tmState' = "done" /\ msgs' = msgs \cup {[type |-> "Commit"]} /\ UNCHANGED <<rmState, tmPrepared>>
TMAbort == tmState = "init" /\ tmState' = "done" /\ msgs' = msgs \cup {[type |-> "Abort"]} /\ UNCHANGED <<rmState, tmPrepared>>
RMPrepare(r) == rmState[r] = "working" /\ rmState' = [rmState EXCEPT ![r] = "prepared"] /\ msgs' = msgs \cup {[type |-> "Prepared", rm |-> r]} /\ UNCHANGED <<tmState, tmPrepared>>
RMChooseToAbort(r) == rmState[r] = "working" /\ rmState' = [rmState EXCEPT ![r] = "aborted"] /\ UNCHANGED <<tmState, tmPrepared, msgs>>
RMRcvCommit(r) == [type |-> "Commit"] \in msgs /\ rmState' = [rmState EXCEPT ![r] = "committed"] /\ UNCHANGED <<tmState, tmPrepared, msgs>>
RMRcvAbort(r) == [type |-> "Abort"] \in msgs /\ rmState' = [rmState EXCEPT ![r] = "aborted"] /\ UNCHANGED <<tmState, tmPrepared, msgs>>
Next == TMCommit \/ TMAbort \/ \E r \in RM : TMRcvPrepared(r) \/ RMPrepare(r) \/ RMChooseToAbort(r) \/ RMRcvCommit(r) \/ RMRcvAbort(r)
Spec == Init /\ [][Next]_<<rmState, tmState, tmPrepared, msgs>>
TC == INSTANCE RefinementCommitTCommit
INSTANCE RefinementCommitTCommit WITH rmState <- rmState
THEOREM Spec => TC!TCSpec
Ref == TC!TCSpec
====
