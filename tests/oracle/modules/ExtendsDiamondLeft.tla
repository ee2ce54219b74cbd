---- MODULE ExtendsDiamondLeft ----
EXTENDS ExtendsDiamondBase
Left == Shared
====
