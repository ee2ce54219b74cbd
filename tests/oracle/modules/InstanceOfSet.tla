---- MODULE InstanceOfSet ----
\* A set of the state as the argument of an instance.
EXTENDS Naturals, FiniteSets
CONSTANT Ns
VARIABLES t
I(S) == INSTANCE InstanceOfSetA WITH Set <- S
Init == t = {}
Next == \E n \in Ns : t' = IF n \in t THEN I(t)!Drop ELSE t \cup {n}
Inv == I(t)!Small
====
