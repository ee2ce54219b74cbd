---- MODULE ConfigOverrideDefinition ----
\* <- replaces a definition of the module.
EXTENDS Naturals
VARIABLE x
Limit == 5
Two == 2
Init == x = 0
Next == x < Limit /\ x' = x + 1
====
