---- MODULE InstanceOperatorsA ----
EXTENDS Naturals
CONSTANT Op(_, _)
Twice(z) == Op(z, z)
Twice2(z, w) == Op(z, w)
====
