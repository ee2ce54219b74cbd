---- MODULE RefinementLayersLayer1 ----
EXTENDS Naturals
VARIABLE n
Spec == n = 0 /\ [][n' = n + 1]_n
Ends == <>[](n = 3)
====
