---- MODULE LeadsToQuantified ----
\* P(k) ~> Q(k) for all k of a constant set, fairness for each.
EXTENDS Naturals
CONSTANT Procs
VARIABLE s
Init == s = [p \in Procs |-> 0]
Step(p) == s[p] < 2 /\ s' = [s EXCEPT ![p] = @ + 1]
Next == \E p \in Procs : Step(p)
Spec == Init /\ [][Next]_s /\ \A p \in Procs : WF_s(Step(p))
Live == \A p \in Procs : (s[p] = 0) ~> (s[p] = 2)
====
