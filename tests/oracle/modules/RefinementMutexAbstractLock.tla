---- MODULE RefinementMutexAbstractLock ----
EXTENDS FiniteSets, Naturals
CONSTANT Clients
VARIABLES holder, want
lvars == <<holder, want>>
Init == holder = {} /\ want = {}
Ask(c) == c \notin want /\ c \notin holder /\ want' = want \cup {c} /\ UNCHANGED holder
Grant(c) == c \in want /\ holder = {} /\ holder' = {c} /\ want' = want \ {c}
Release == holder # {} /\ holder' = {} /\ UNCHANGED want
Next == Release \/ \E c \in Clients : Ask(c) \/ Grant(c)
Spec == Init /\ [][Next]_lvars /\ WF_lvars(Release) /\ \A c \in Clients : SF_lvars(Grant(c))
Mutex == Cardinality(holder) <= 1
Live == \A c \in Clients : c \in want ~> c \in holder
====
