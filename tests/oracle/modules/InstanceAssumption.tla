---- MODULE InstanceAssumption ----
\* The assumption of an instantiated module is not checked, that of an extended one is.
EXTENDS Naturals
VARIABLE x
I == INSTANCE InstanceAssumptionBase WITH C <- 4
Init == x = I!Start
Next == UNCHANGED x
====
