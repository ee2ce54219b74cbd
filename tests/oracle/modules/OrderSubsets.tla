---- MODULE OrderSubsets ----
\* Subsets come by size, then in the order of their elements; functions argument by argument.
EXTENDS Naturals, FiniteSets
VARIABLES x, f
Names == {"zeta", "beta", "alpha"}
Pair == CHOOSE S \in SUBSET Names : Cardinality(S) = 2
Map == CHOOSE g \in [Names -> {"yes", "no"}] : g["beta"] # g["zeta"]
Init == x = Pair /\ f = Map
Next == UNCHANGED <<x, f>>
Expected == x = {"zeta", "beta"} /\ f["zeta"] = "yes" /\ f["alpha"] = "yes"
====
