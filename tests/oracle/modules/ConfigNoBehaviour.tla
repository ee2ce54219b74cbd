---- MODULE ConfigNoBehaviour ----
\* Without variables only the ASSUMEs are checked.
EXTENDS Naturals
ASSUME \A n \in 0..3 : n * 2 = n + n
====
