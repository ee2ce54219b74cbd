---- MODULE ExtendsDiamondRight ----
EXTENDS ExtendsDiamondBase
Right == Shared + 1
====
