---- MODULE RefinementStepViolated ----
\* A step that the instance does not allow.
EXTENDS Naturals
VARIABLES t
Init == t = 0
Next == t' = (t + 4) % 12
Spec == Init /\ [][Next]_t
H == INSTANCE RefinementStepViolatedA WITH h <- t \div 3
HSpec == H!Spec
====
