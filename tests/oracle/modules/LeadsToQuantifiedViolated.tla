---- MODULE LeadsToQuantifiedViolated ----
\* The same, one process without fairness.
EXTENDS Naturals
CONSTANT Procs
VARIABLE s
Init == s = [p \in Procs |-> 0]
Step(p) == s[p] < 2 /\ s' = [s EXCEPT ![p] = @ + 1]
Next == \E p \in Procs : Step(p)
Spec == Init /\ [][Next]_s /\ WF_s(\E p \in Procs : Step(p))
Live == \A p \in Procs : (s[p] = 0) ~> (s[p] = 1)
Odd == \A p \in Procs : (s[p] = 1) ~> (s[p] = 0)
====
