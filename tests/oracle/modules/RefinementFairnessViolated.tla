---- MODULE RefinementFairnessViolated ----
\* Fairness inside an instance: its primed variables stand for themselves under ENABLED.
EXTENDS Naturals
VARIABLES t
H == INSTANCE RefinementFairnessViolatedA WITH h <- t + 1
Init == t = 0
Next == t' = (t + 1) % 3
Spec == Init /\ [][Next]_t /\ WF_t(Next)
P == H!Fair
====
