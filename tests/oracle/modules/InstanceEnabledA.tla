---- MODULE InstanceEnabledA ----
EXTENDS Naturals
VARIABLE h
Up == h < 3 /\ h' = h + 1
====
