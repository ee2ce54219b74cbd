---- MODULE InstanceInLetA ----
EXTENDS Naturals
VARIABLE v
CONSTANT k
Get == k
Step == v' = (v + k) % 7
Ok(x) == Get = x + 1 
====
