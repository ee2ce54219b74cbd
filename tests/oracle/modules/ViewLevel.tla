---- MODULE ViewLevel ----
\* VIEW: with TLCGet("level") in it, one state has other values on other levels.
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' = 1 - x
Part == <<x, TLCGet("level")>>
Early == TLCGet("level") < 5
====
