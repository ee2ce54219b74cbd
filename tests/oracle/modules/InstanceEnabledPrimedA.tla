---- MODULE InstanceEnabledPrimedA ----
EXTENDS Naturals
VARIABLE h
Up == h < 6 /\ h' = h + 1
Can == ENABLED Up
====
