---- MODULE InstanceAssumptionBase ----
EXTENDS Naturals
CONSTANT C
ASSUME C < 3
Start == C
====
