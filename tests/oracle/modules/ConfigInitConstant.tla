---- MODULE ConfigInitConstant ----
\* INIT must speak of variables.
EXTENDS Naturals
VARIABLE x
Init == TRUE
Next == x' = x
====
