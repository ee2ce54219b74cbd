---- MODULE InstanceConstantForVariableA ----
EXTENDS Naturals
VARIABLE v
Get == v
Same == UNCHANGED v
====
