---- MODULE AssignSubset ----
\* x' \subseteq S branches over all subsets.
EXTENDS Naturals
VARIABLE x
Init == x \subseteq {1, 2}
Next == x' \subseteq x
====
