---- MODULE InstanceEnabledTwiceA ----
EXTENDS Naturals
VARIABLE h, g
Up == h' = 1 /\ g' = 2
E == ENABLED Up
====
