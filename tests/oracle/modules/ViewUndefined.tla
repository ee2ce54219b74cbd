---- MODULE ViewUndefined ----
\* VIEW: it must be defined.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = 1 - x
====
