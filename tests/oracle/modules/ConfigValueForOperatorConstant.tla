---- MODULE ConfigValueForOperatorConstant ----
\* A constant operator with one value for all arguments.
EXTENDS Integers
CONSTANT F(_)
VARIABLE x
Init == x = 3
Next == x' = F(x)
====
