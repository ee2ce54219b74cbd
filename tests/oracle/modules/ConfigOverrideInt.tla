---- MODULE ConfigOverrideInt ----
\* Int replaced by a range.
EXTENDS Integers
VARIABLE x
FewIntegers == -1..1
Init == x \in Int
Next == UNCHANGED x
====
