---- MODULE InstanceEnabledInside ----
\* ENABLED inside an instance: a substituted expression is not primed.
EXTENDS Naturals
VARIABLES t
H == INSTANCE InstanceEnabledInsideA WITH h <- t * 2
Init == t = 0
Next == t' = (t + 1) % 3
Inv == H!E /\ H!F(t) /\ (t = 1 => ~H!G) /\ H!L
====
