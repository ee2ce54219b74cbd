---- MODULE ExtendsAssumption ----
\* The assumption of an extended module is checked.
EXTENDS InstanceAssumptionBase
VARIABLE x
Init == x = Start
Next == UNCHANGED x
====
