---- MODULE OperatorAction ----
\* Operators with parameters are transparent to assignment.
EXTENDS Naturals
VARIABLES x, y
Put(v, e) == x' = e /\ y' = v
Twice(A(_), B(_)) == A(1) \/ B(2)
Init == x = 0 /\ y = 0
Next == Twice(LAMBDA k : Put(k, x), LAMBDA k : Put(y, k))
====
