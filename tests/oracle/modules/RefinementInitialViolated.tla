---- MODULE RefinementInitialViolated ----
\* An initial state that the instance does not allow.
EXTENDS Naturals
VARIABLES t
Init == t = 0
Next == t' = (t + 1) % 12
Spec == Init /\ [][Next]_t
H == INSTANCE RefinementInitialViolatedA WITH h <- t + 5
HSpec == H!Spec
====
