---- MODULE InstanceUnchangedPathA ----
EXTENDS Naturals
VARIABLE h
vars == <<h>>
====
