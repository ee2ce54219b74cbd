---- MODULE ConfigAssumeUnbounded ----
\* An assumption that cannot be evaluated does not hold.
EXTENDS Naturals
VARIABLE x
ASSUME \A n : n = n
Init == x = 0
Next == UNCHANGED x
====
