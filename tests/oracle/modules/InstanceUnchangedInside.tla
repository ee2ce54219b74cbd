---- MODULE InstanceUnchangedInside ----
\* Inside an instance the same operator is taken apart.
EXTENDS Naturals
VARIABLES t, u
H == INSTANCE InstanceUnchangedInsideA WITH h <- t
Init == t = 0 /\ u = 0
Next == (u' = 1 - u /\ H!Keep) \/ (t' = 1 - t /\ UNCHANGED <<u>>)
====
