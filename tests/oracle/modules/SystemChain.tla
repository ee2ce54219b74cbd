---- MODULE SystemChain ----
EXTENDS SystemChainModel
CONSTANTS s1, s2, s3
Perm == Permutations({s1, s2, s3})
====
