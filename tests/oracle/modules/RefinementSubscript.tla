---- MODULE RefinementSubscript ----
\* Subscripts under substitution, and the operator of an instance as a subscript.
EXTENDS Naturals
VARIABLES t
I == INSTANCE RefinementSubscriptA WITH v <- t \div 2
Init == t = 0
Next == t' = (t + 1) % 8
Spec == Init /\ [][Next]_t
P == [][I!Next]_(I!vv)
Q == I!Q
====
