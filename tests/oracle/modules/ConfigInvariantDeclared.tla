---- MODULE ConfigInvariantDeclared ----
\* A declared constant and TRUE are checked, and constrain, as definitions do.
EXTENDS Integers
CONSTANTS Given, Replaced
VARIABLE x
Yes == 1 < 2
Init == x = 0
Next == x' = (x + 1) % 3
====
