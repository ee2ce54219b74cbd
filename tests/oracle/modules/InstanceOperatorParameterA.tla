---- MODULE InstanceOperatorParameterA ----
EXTENDS Naturals
CONSTANT Op(_), k
Go(z) == Op(z) + k
====
