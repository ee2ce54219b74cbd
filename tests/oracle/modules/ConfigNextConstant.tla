---- MODULE ConfigNextConstant ----
\* NEXT must speak of variables.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == TRUE
====
