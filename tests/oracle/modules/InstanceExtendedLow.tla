---- MODULE InstanceExtendedLow ----
CONSTANT k
Start == 0
Step == k
====
