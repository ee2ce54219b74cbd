---- MODULE ConfigOverrideNoModule ----
\* `<- [M]` names a module of the specification.
EXTENDS Naturals
VARIABLE x
Base == 1
Init == x = Base
Next == x' = Base
Three == 3
====
