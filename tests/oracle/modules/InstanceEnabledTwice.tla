---- MODULE InstanceEnabledTwice ----
\* One variable for two of an instance: under ENABLED they are two.
EXTENDS Naturals
VARIABLES t
H == INSTANCE InstanceEnabledTwiceA WITH h <- t, g <- t
Init == t = 0
Next == t' = (t + 1) % 3
Inv == H!E
====
