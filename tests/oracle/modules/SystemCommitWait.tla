---- MODULE SystemCommitWait ----
EXTENDS Integers, FiniteSets
CONSTANTS Tx, Eps, MaxTime
VARIABLES now, st, ts, acked
vars == <<now, st, ts, acked>>
TTnow == [earliest |-> now - Eps, latest |-> now + Eps]
After(t) == TTnow.earliest > t
Init == /\ now = 0 /\ st = [x \in Tx |-> "new"] /\ ts = [x \in Tx |-> -1] /\ acked = {}
Tick == now < MaxTime /\ now' = now + 1 /\ UNCHANGED <<st, ts, acked>>
Prepare(x) == /\ st[x] = "new"
              /\ \E t \in TTnow.latest..(TTnow.latest + 1) :
                    /\ t \notin {ts[y] : y \in Tx}
                    /\ ts' = [ts EXCEPT ![x] = t]
              /\ st' = [st EXCEPT ![x] = "wait"]
              /\ UNCHANGED <<now, acked>>
Commit(x) == /\ st[x] = "wait" /\ After(ts[x])
             /\ st' = [st EXCEPT ![x] = "done"]
             /\ acked' = acked \cup {<<x, y>> : y \in {z \in Tx : st[z] = "new"}}
             /\ UNCHANGED <<now, ts>>
Next == Tick \/ \E x \in Tx : Prepare(x) \/ Commit(x)
Spec == Init /\ [][Next]_vars /\ WF_vars(Tick) /\ \A x \in Tx : WF_vars(Commit(x))
External == \A <<x, y>> \in acked : ts[y] # -1 => ts[x] < ts[y]
Progress == \A x \in Tx : (st[x] = "wait") ~> (st[x] = "done" \/ now = MaxTime)
====
