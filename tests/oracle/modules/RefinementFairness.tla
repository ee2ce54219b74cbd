---- MODULE RefinementFairness ----
\* Fairness of an instance follows from our own.
EXTENDS Naturals
VARIABLES t
Init == t = 0
Next == t' = (t + 1) % 4
Spec == Init /\ [][Next]_t /\ WF_t(Next)
H == INSTANCE RefinementFairnessA WITH h <- t
HSpec == H!Spec
====
