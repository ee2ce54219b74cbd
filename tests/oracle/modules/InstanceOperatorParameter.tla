---- MODULE InstanceOperatorParameter ----
\* An instance has an operator as a parameter.
EXTENDS Naturals
VARIABLES t
I(F(_), n) == INSTANCE InstanceOperatorParameterA WITH Op <- F, k <- n
Dbl(x) == 2 * x
Init == t = 0
Next == \E m \in 1..2 : t' = (t + I(Dbl, m)!Go(t) + I(LAMBDA q : q + m, 3)!Go(1)) % 13
====
