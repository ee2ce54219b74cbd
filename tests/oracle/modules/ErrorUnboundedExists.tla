---- MODULE ErrorUnboundedExists ----
\* A quantifier without a set cannot be evaluated.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 4
Inv == x = 2 => \E n : n = x
====
