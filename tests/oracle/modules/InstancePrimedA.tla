---- MODULE InstancePrimedA ----
EXTENDS Naturals
VARIABLE v
Val == v
Inc(x) == v' # x + 99
====
