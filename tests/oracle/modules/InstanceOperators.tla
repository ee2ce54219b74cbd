---- MODULE InstanceOperators ----
\* Operators are substituted for constants: by name, symbol, LAMBDA, path and the same name.
EXTENDS Naturals
VARIABLES t
F(a, b) == a + 2 * b
H == INSTANCE InstanceOperatorsA WITH Op <- F
G == INSTANCE InstanceOperatorsA WITH Op <- +
L == INSTANCE InstanceOperatorsA WITH Op <- LAMBDA a, b : a * b + t
P == INSTANCE InstanceOperatorsA WITH Op <- G!Twice2
Op(x, y) == x - y
Im == INSTANCE InstanceOperatorsA
Init == t = 0
Next == t' = (t + H!Twice(1) + G!Twice(2) + L!Twice(t) + P!Twice(1) + Im!Twice(4)) % 17
====
