---- MODULE ConfigMixedSet ----
\* A set of a configuration cannot mix kinds that are not compared.
EXTENDS Naturals
CONSTANT N
VARIABLE x
Init == x = 0
Next == x' = x
====
