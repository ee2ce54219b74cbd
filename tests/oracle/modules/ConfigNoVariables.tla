---- MODULE ConfigNoVariables ----
\* A specification of a module without variables has no states.
EXTENDS Naturals
CONSTANT N
ASSUME N > 3
Init == TRUE
Next == FALSE
Spec == Init /\ [][Next]_<<>>
====
