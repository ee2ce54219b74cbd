---- MODULE OrderBranches ----
\* Branches are tried in the same order: the error that comes first is met on the way.
EXTENDS Naturals
VARIABLE x
Names == {"zeta", "beta", "alpha"}
Init == x \in Names
Next == \E name \in Names : x' = name
NotAlpha == x # "alpha"
NotZeta == x # "zeta"
====
