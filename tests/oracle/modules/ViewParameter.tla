---- MODULE ViewParameter ----
\* VIEW: it takes no argument.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = 1 - x
Part(y) == x
====
