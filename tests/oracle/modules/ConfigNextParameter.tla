---- MODULE ConfigNextParameter ----
\* NEXT takes no argument.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next(y) == x' = y
====
