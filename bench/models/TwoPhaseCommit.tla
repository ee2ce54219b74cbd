--------------------------- MODULE TwoPhaseCommit ---------------------------
(* Two-phase commit: managers prepare or abort on their own; the coordinator *)
(* commits once all have prepared, and may abort until then.                 *)
CONSTANT Managers

VARIABLES
    manager,      \* what each manager has done
    coordinator,  \* what the coordinator has decided
    ready,        \* the managers that the coordinator knows to have prepared
    msgs          \* all messages ever sent

vars == <<manager, coordinator, ready, msgs>>

Message == [type : {"prepared"}, from : Managers] \cup [type : {"commit", "abort"}]

TypeOK ==
    /\ manager \in [Managers -> {"working", "prepared", "committed", "aborted"}]
    /\ coordinator \in {"waiting", "committed", "aborted"}
    /\ ready \subseteq Managers
    /\ msgs \subseteq Message

Init ==
    /\ manager = [m \in Managers |-> "working"]
    /\ coordinator = "waiting"
    /\ ready = {}
    /\ msgs = {}

Prepare(m) ==
    /\ manager[m] = "working"
    /\ manager' = [manager EXCEPT ![m] = "prepared"]
    /\ msgs' = msgs \cup {[type |-> "prepared", from |-> m]}
    /\ UNCHANGED <<coordinator, ready>>

GiveUp(m) ==
    /\ manager[m] = "working"
    /\ manager' = [manager EXCEPT ![m] = "aborted"]
    /\ UNCHANGED <<coordinator, ready, msgs>>

Hear(m) ==
    /\ coordinator = "waiting"
    /\ [type |-> "prepared", from |-> m] \in msgs
    /\ ready' = ready \cup {m}
    /\ UNCHANGED <<manager, coordinator, msgs>>

Commit ==
    /\ coordinator = "waiting"
    /\ ready = Managers
    /\ coordinator' = "committed"
    /\ msgs' = msgs \cup {[type |-> "commit"]}
    /\ UNCHANGED <<manager, ready>>

Abort ==
    /\ coordinator = "waiting"
    /\ coordinator' = "aborted"
    /\ msgs' = msgs \cup {[type |-> "abort"]}
    /\ UNCHANGED <<manager, ready>>

Learn(m) ==
    /\ \/ [type |-> "commit"] \in msgs /\ manager' = [manager EXCEPT ![m] = "committed"]
       \/ [type |-> "abort"] \in msgs /\ manager' = [manager EXCEPT ![m] = "aborted"]
    /\ UNCHANGED <<coordinator, ready, msgs>>

Next ==
    \/ Commit
    \/ Abort
    \/ \E m \in Managers : Prepare(m) \/ GiveUp(m) \/ Hear(m) \/ Learn(m)

Spec == Init /\ [][Next]_vars

Consistency == \A m, n \in Managers : ~(manager[m] = "committed" /\ manager[n] = "aborted")
=============================================================================
