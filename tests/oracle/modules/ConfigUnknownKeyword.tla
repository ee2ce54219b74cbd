---- MODULE ConfigUnknownKeyword ----
\* An unknown keyword after one name is an error.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x
====
