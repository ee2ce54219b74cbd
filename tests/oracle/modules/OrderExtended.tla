---- MODULE OrderExtended ----
\* Strings of an extended module come before those of the module that extends it.
EXTENDS OrderExtendedBase
VARIABLE x
Choice == CHOOSE name \in {"zero", "one"} \cup Few : TRUE
Init == x = Choice
Next == UNCHANGED x
FewFirst == x = "two"
====
