---- MODULE ConfigUndeclaredValue ----
\* A value for a name that nothing declares, or for a variable, is passed over.
EXTENDS Naturals
VARIABLE x
Init == x = 1
Next == x' = 1
====
