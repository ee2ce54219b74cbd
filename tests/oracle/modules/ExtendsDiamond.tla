---- MODULE ExtendsDiamond ----
\* A module that is reached on two ways is there once.
EXTENDS ExtendsDiamondLeft, ExtendsDiamondRight
Init == x = Left + Right
Next == x' = (x + Shared) % 4
====
