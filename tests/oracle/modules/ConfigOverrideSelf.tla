---- MODULE ConfigOverrideSelf ----
\* A replacement that uses what it replaces never ends.
EXTENDS Naturals
VARIABLE x
Limit == 1
Larger == Limit + 1
Init == x = Limit
Next == x' = Limit
====
