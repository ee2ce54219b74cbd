---- MODULE InstanceEnabled ----
\* ENABLED of an action of an instance.
EXTENDS Naturals
VARIABLES t
H == INSTANCE InstanceEnabledA WITH h <- t
Init == t = 0
Next == IF ENABLED H!Up THEN H!Up ELSE t' = 0
Inv == ENABLED H!Up <=> t < 3
====
