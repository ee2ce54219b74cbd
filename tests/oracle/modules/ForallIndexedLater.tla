---- MODULE ForallIndexedLater ----
\* \A i : f'[i] filters once f' has a value.
EXTENDS Naturals
VARIABLE f
Init == f = [i \in 1..2 |-> 0]
Next == f' \in [1..2 -> 0..2] /\ \A i \in 1..2 : f'[i] >= f[i]
====
