---- MODULE PathOfInstance ----
\* Parts of the operators of an instance.
EXTENDS Naturals
I(k) == INSTANCE PathOfInstanceA WITH c <- k
ASSUME I(2)!Op(5)!1 = 10 /\ I(2)!Op(5)!>> = 2 /\ I(2)!Lab(5)!foo = 7
ASSUME \A z \in 1..3 : LET w == z + 1 IN I(w)!Op(5)!1 = 5 * w
====
