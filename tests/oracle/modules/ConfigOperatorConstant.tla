---- MODULE ConfigOperatorConstant ----
\* A constant operator is given by <-.
EXTENDS Naturals
CONSTANT Op(_, _)
VARIABLE x
Plus(a, b) == (a + b) % 4
Init == x = 0
Next == x' = Op(x, 3)
====
