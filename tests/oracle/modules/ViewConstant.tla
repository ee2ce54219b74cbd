---- MODULE ViewConstant ----
\* VIEW: a constant makes one class of all states.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Blind == 2
====
