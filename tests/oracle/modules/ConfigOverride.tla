---- MODULE ConfigOverride ----
\* <- replaces a constant by a definition.
EXTENDS Naturals
CONSTANT Values
VARIABLE x
SmallValues == 1..3
Init == x = 1
Next == x' \in Values
====
