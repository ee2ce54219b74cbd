---- MODULE SystemViewChange ----
EXTENDS SystemViewChangeModel
CONSTANTS r1, r2, r3
R == {r1, r2, r3}
====
