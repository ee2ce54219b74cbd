---- MODULE ConfigOverrideBrought ----
\* `<- [Naturals]` where only a module that extends Naturals is named.
EXTENDS Integers
VARIABLE x
Few == 0..2
Init == x \in Nat
Next == x' \in Nat /\ x' # x
Small == x <= 2
====
