---- MODULE InstanceEnabledExpressionA ----
EXTENDS Naturals
VARIABLE h
Up == h < 9 /\ h' = h + 1
====
