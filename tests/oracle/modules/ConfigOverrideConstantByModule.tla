---- MODULE ConfigOverrideConstantByModule ----
\* A declared constant needs a value of its own; one for a module is none.
EXTENDS Naturals
CONSTANT N
VARIABLE x
Init == x = N
Next == x' = N
Two == 2
====
