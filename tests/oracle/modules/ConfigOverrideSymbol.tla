---- MODULE ConfigOverrideSymbol ----
\* An operator symbol of a standard module replaced.
EXTENDS Naturals
VARIABLE x
Capped(a, b) == IF a < 3 THEN a - (0 - b) ELSE 0
Init == x = 0
Next == x' = x + 1
====
