---- MODULE InstanceUnchangedInsideA ----
EXTENDS Naturals
VARIABLE h
vars == <<h>>
Keep == UNCHANGED vars
====
