---- MODULE InstanceUnchangedPath ----
\* TLC finds no variables through the operators of an instance.
EXTENDS Naturals
VARIABLES t, u
H == INSTANCE InstanceUnchangedPathA WITH h <- t
Init == t = 0 /\ u = 0
Next == (u' = 1 - u /\ UNCHANGED H!vars) \/ (t' = 1 - t /\ UNCHANGED <<u>>)
====
