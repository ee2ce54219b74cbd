---- MODULE ConfigValueForDefinition ----
\* A definition replaced by a value, whatever its parameters.
EXTENDS Naturals
VARIABLE x
Limit == 5
Scaled(y) == 5 * y
Init == x = Limit
Next == x > 0 /\ x' = x - Scaled(x)
====
