---- MODULE InstanceParameterA ----
EXTENDS Naturals
VARIABLE x
CONSTANT me
Inc == x[me] < 2 /\ x' = [x EXCEPT ![me] = @ + 1]
Ok == x[me] < 3
Live == <>(x[me] = 2)
====
