---- MODULE ViewConstantTuple ----
\* VIEW: a constant that is no literal is no definition to TLC.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Blind == <<1, 2>>
====
