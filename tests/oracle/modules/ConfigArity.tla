---- MODULE ConfigArity ----
\* A replacement takes as many arguments as what it replaces.
EXTENDS Integers
CONSTANT F(_)
VARIABLE x
Minus(a, b) == a - b
Init == x = 3
Next == x' = F(x)
====
