---- MODULE InstanceInitialPath ----
\* TLC assigns nothing through the operators of an instance, in Init neither.
EXTENDS Naturals
VARIABLES t
H == INSTANCE InstanceInitialPathA WITH h <- t
Init == H!me = 0
Next == t' = 1 - t
====
