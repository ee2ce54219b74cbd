---- MODULE InstanceParameterDynamicA ----
EXTENDS Naturals
VARIABLE x
CONSTANT me
Big == me * 10
Inc == x[me] < 2 /\ x' = [x EXCEPT ![me] = @ + 1]
Ok(Q) == x[me] < 3 /\ me \in Q /\ Big = 10 * me
====
