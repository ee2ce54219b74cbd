---- MODULE InstanceConstantForVariable ----
\* A constant is substituted for a variable.
EXTENDS Naturals
VARIABLES t
I == INSTANCE InstanceConstantForVariableA WITH v <- 5
Init == t = 0
Next == t' = I!Get /\ I!Same
====
