---- MODULE InstanceEnabledPrimed ----
\* A primed ENABLED inside an instance.
EXTENDS Naturals
VARIABLES t
H == INSTANCE InstanceEnabledPrimedA WITH h <- t * 2
Init == t = 0
Next == t' = (t + 1) % 5 /\ H!Can'
====
