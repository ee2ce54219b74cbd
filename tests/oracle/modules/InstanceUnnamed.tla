---- MODULE InstanceUnnamed ----
\* The configuration names what an unnamed instance brings.
EXTENDS Naturals
VARIABLES t
INSTANCE InstanceUnnamedA WITH h <- t
====
