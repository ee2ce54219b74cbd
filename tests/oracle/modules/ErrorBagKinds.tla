---- MODULE ErrorBagKinds ----
\* Elements of a bag can be compared with each other.
EXTENDS Integers, Bags
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (SetToBag({1}) (+) SetToBag({TRUE}) # EmptyBag))
====
