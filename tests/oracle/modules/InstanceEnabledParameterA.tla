---- MODULE InstanceEnabledParameterA ----
EXTENDS Naturals
VARIABLE h
Up == h < 3 /\ h' = h + 1
Can == ENABLED Up
====
