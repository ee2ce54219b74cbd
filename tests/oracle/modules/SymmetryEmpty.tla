---- MODULE SymmetryEmpty ----
\* An empty set holds no permutation, not even the one that moves nothing.
CONSTANT Nodes
VARIABLE node
Init == node \in Nodes
Next == node' \in Nodes
NoPermutations == {}
====
