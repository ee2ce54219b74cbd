---- MODULE RecursiveActionInInstance ----
\* A recursive action of an instance.
EXTENDS Naturals
VARIABLES x
I == INSTANCE RecursiveActionInInstanceM WITH v <- x
J(n) == INSTANCE RecursiveActionInInstanceM WITH v <- x
Init == x = 0
Next == \E k \in 1..2 : I!A(k) \/ J(k)!A(k)
====
