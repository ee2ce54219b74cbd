---- MODULE InstanceSpecification ----
\* The SPECIFICATION is that of an instance.
EXTENDS Naturals
VARIABLES t
H == INSTANCE InstanceSpecificationA WITH h <- t
Spec == H!Spec
====
