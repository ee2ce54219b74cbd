---- MODULE LocalHiddenBase ----
EXTENDS Naturals
LOCAL Step(n) == n + 1
Move(n) == Step(n)
====
