---- MODULE ConfigAssumeError ----
\* An ASSUME without a value ends the run.
EXTENDS Naturals
VARIABLE x
ASSUME 1 = "a"
Init == x = 0
Next == UNCHANGED x
====
