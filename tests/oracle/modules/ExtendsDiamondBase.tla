---- MODULE ExtendsDiamondBase ----
EXTENDS Naturals
VARIABLE x
Shared == 1
====
