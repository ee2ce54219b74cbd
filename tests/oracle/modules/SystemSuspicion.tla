---- MODULE SystemSuspicion ----
EXTENDS SystemSuspicionModel
CONSTANTS n1, n2, n3
Nodes == {n1, n2, n3}
Perms == Permutations(Nodes)
====
