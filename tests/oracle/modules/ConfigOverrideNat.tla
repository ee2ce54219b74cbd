---- MODULE ConfigOverrideNat ----
\* <- replaces an operator of a standard module.
EXTENDS Naturals
VARIABLE x
FewNumbers == 0..2
Init == x \in Nat
Next == x' \in Nat
====
