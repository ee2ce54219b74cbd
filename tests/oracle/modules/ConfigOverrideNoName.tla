---- MODULE ConfigOverrideNoName ----
\* What is replaced must be declared or defined.
EXTENDS Naturals
VARIABLE x
Base == 1
Init == x = Base
Next == x' = Base
====
