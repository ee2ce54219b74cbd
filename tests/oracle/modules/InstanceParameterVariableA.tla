---- MODULE InstanceParameterVariableA ----
EXTENDS Naturals
VARIABLE h
Put(z) == h' = z
====
