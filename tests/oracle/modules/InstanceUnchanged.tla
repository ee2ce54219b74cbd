---- MODULE InstanceUnchanged ----
\* UNCHANGED of substituted variables.
EXTENDS Naturals
VARIABLES t, u
H == INSTANCE InstanceUnchangedA WITH h <- t, g <- u
Init == t = 0 /\ u = 0
Next == H!Up \/ H!Down
====
