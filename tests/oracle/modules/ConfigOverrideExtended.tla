---- MODULE ConfigOverrideExtended ----
\* `<- [M]` replaces a definition of an extended module for all that extend it.
EXTENDS ConfigOverrideExtendedBase
VARIABLE x
Init == x = Twice
Next == x' = (x + 1) % 4
Three == 3
====
