---- MODULE InstanceInitialPathA ----
EXTENDS Naturals
VARIABLE h
me == h
====
