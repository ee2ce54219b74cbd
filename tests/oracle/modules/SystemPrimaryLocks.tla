---- MODULE SystemPrimaryLocks ----
EXTENDS SystemPrimaryLocksModel
CONSTANTS t1, t2, t3, k1, k2
MCTxn == {t1, t2}
MCKey == {k1, k2}
Symm == Permutations(MCTxn) \cup Permutations(MCKey)
====
