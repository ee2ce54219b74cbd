---- MODULE RecursiveActionInInstanceM ----
EXTENDS Naturals
VARIABLE v
RECURSIVE A(_)
A(n) == IF n = 0 THEN v' = 1 - v ELSE A(n - 1) \/ v' = n
====
