---- MODULE InstanceParameterVariable ----
\* A variable is the argument of an instance, which assigns to it.
EXTENDS Naturals
VARIABLES t
Set(v, e) == v' = e
H(h) == INSTANCE InstanceParameterVariableA
Init == t = 0
Next == Set(t, 1 - t) \/ H(t)!Put(1)
====
