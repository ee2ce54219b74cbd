---- MODULE ConfigSpecificationAction ----
\* An action is no specification.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x
Spec == Init /\ Next
====
