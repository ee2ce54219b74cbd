---- MODULE ConfigNoValue ----
\* A constant without a value.
EXTENDS Naturals
CONSTANT N
VARIABLE x
Init == x = N
Next == UNCHANGED x
====
