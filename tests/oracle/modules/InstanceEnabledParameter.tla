---- MODULE InstanceEnabledParameter ----
\* ENABLED inside an instance for each index of a function.
EXTENDS Naturals
VARIABLES f
H(i) == INSTANCE InstanceEnabledParameterA WITH h <- f[i]
Init == f = [i \in 1..2 |-> 0]
Next == \E i \in 1..2 : H(i)!Can /\ f' = [f EXCEPT ![i] = @ + 1]
Inv == \A i \in 1..2 : H(i)!Can \/ f[i] = 3
====
