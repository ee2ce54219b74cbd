---- MODULE ForallIndexed ----
\* \A i : f'[i] = e needs f' first.
EXTENDS Naturals
VARIABLE f
Init == f = [i \in 1..2 |-> 0]
Next == \A i \in 1..2 : f'[i] = 1
====
