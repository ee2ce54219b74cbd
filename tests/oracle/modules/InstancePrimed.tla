---- MODULE InstancePrimed ----
\* A primed operator of an instance.
EXTENDS Naturals
VARIABLES t
I == INSTANCE InstancePrimedA WITH v <- t + 1
Init == t = 0
Next == t' \in 0..3 /\ I!Val' = (I!Val % 4) + 1 /\ I!Inc(t)
====
