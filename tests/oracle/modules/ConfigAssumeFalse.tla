---- MODULE ConfigAssumeFalse ----
\* A false ASSUME ends the run.
EXTENDS Naturals
VARIABLE x
ASSUME 1 + 1 = 2
ASSUME Wrong == 1 + 1 = 3
Init == x = 0
Next == UNCHANGED x
====
