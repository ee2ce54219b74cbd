---- MODULE SystemPriorities ----
EXTENDS Naturals, FiniteSets, Sequences
CONSTANTS Inherit
Tasks == {"lo", "mid", "hi"}
Prio == [lo |-> 1, mid |-> 2, hi |-> 3]
VARIABLES st, owner, left, wait
vars == <<st, owner, left, wait>>
Init == st = [t \in Tasks |-> "asleep"] /\ owner = "none" /\ left = [t \in Tasks |-> 0] /\ wait = {}
Eff(t) == IF Inherit /\ owner = t /\ wait # {} THEN LET m == CHOOSE w \in wait : \A x \in wait : Prio[x] <= Prio[w] IN IF Prio[m] > Prio[t] THEN Prio[m] ELSE Prio[t] ELSE Prio[t]
Running(t) == st[t] = "ready" /\ \A u \in Tasks \ {t} : st[u] = "ready" => Eff(u) < Eff(t) \/ (Eff(u) = Eff(t) /\ owner = t)
Wake(t) == st[t] = "asleep" /\ st' = [st EXCEPT ![t] = "ready"] /\ left' = [left EXCEPT ![t] = 3] /\ UNCHANGED <<owner, wait>>
Work(t) == /\ Running(t) /\ left[t] > 0
           /\ \/ t = "mid" /\ left' = [left EXCEPT ![t] = @ - 1] /\ UNCHANGED <<st, owner, wait>>
              \/ t # "mid" /\ left[t] = 3 /\ owner = "none" /\ owner' = t /\ left' = [left EXCEPT ![t] = @ - 1] /\ UNCHANGED <<st, wait>>
              \/ t # "mid" /\ left[t] = 3 /\ owner \notin {"none", t} /\ wait' = wait \cup {t} /\ st' = [st EXCEPT ![t] = "blocked"] /\ UNCHANGED <<owner, left>>
              \/ t # "mid" /\ left[t] = 2 /\ owner = t /\ left' = [left EXCEPT ![t] = @ - 1] /\ UNCHANGED <<st, owner, wait>>
              \/ /\ t # "mid" /\ left[t] = 1 /\ owner = t
                 /\ left' = [left EXCEPT ![t] = 0] /\ owner' = "none"
                 /\ wait' = {} /\ st' = [u \in Tasks |-> IF u \in wait THEN "ready" ELSE st[u]]
Sleep(t) == Running(t) /\ left[t] = 0 /\ st' = [st EXCEPT ![t] = "asleep"] /\ UNCHANGED <<owner, left, wait>>
Next == \E t \in Tasks : Wake(t) \/ Work(t) \/ Sleep(t)
Spec == Init /\ [][Next]_vars /\ \A t \in Tasks : WF_vars(Work(t)) /\ WF_vars(Sleep(t))
NoInversion == st["hi"] = "blocked" => ~Running("mid")
HiRuns == st["hi"] = "blocked" ~> st["hi"] = "ready"
====
