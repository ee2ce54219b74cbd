---- MODULE InstanceExtendedMid ----
INSTANCE InstanceExtendedLow WITH k <- 2
====
