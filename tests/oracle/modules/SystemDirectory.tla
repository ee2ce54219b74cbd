---- MODULE SystemDirectory ----
EXTENDS SystemDirectoryModel
CONSTANTS c1, c2, l1, x, y
Symm == Permutations({c1, c2})
====
