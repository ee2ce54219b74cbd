---- MODULE AssignRight ----
\* e = x' does not bind: an error of evaluation.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == 1 = x'
====
