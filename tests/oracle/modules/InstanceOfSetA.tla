---- MODULE InstanceOfSetA ----
EXTENDS FiniteSets, Naturals
CONSTANT Set
Pick == CHOOSE x \in Set : TRUE
Drop == Set \ {Pick}
Small == Cardinality(Set) <= 3
====
