---- MODULE SystemGracePeriod ----
EXTENDS Naturals, FiniteSets
CONSTANTS Readers, Versions
VARIABLES cur, rd, freed, wpc, old, waiting
vars == <<cur, rd, freed, wpc, old, waiting>>
None == 99
Init == cur = 0 /\ rd = [r \in Readers |-> None] /\ freed = {} /\ wpc = "idle" /\ old = None /\ waiting = {}
Lock(r) == rd[r] = None /\ rd' = [rd EXCEPT ![r] = cur] /\ UNCHANGED <<cur, freed, wpc, old, waiting>>
Unlock(r) == rd[r] # None /\ rd' = [rd EXCEPT ![r] = None] /\ waiting' = waiting \ {r} /\ UNCHANGED <<cur, freed, wpc, old>>
Publish == wpc = "idle" /\ cur < Versions /\ old' = cur /\ cur' = cur + 1 /\ wpc' = "sync" /\ waiting' = {r \in Readers : rd[r] # None} /\ UNCHANGED <<rd, freed>>
Free == wpc = "sync" /\ waiting = {} /\ freed' = freed \cup {old} /\ old' = None /\ wpc' = "idle" /\ UNCHANGED <<cur, rd, waiting>>
Next == Publish \/ Free \/ \E r \in Readers : Lock(r) \/ Unlock(r)
Spec == Init /\ [][Next]_vars /\ WF_vars(Publish \/ Free) /\ \A r \in Readers : WF_vars(Unlock(r))
Safe == \A r \in Readers : rd[r] \notin freed
AllFreed == <>(freed = 0..(Versions - 1))
====
