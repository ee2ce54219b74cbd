---- MODULE InstanceSymbol ----
\* An instance has an operator symbol as a parameter, and LOCAL instances inside.
EXTENDS Integers
VARIABLES b, n
less(a, c) == a[1] < c[1] \/ (a[1] = c[1] /\ a[2] < c[2])
O == INSTANCE InstanceSymbolA WITH Elem <- (0..1) \X (0..2), \prec <- less, Limit <- 5, best <- b
Init == O!Start /\ n = 0
Next == O!Climb /\ n' = n + 1
Spec == Init /\ [][Next]_<<b, n>> /\ WF_<<b, n>>(Next)
Bounded == O!Bounded /\ n <= 5
AtTheEnd == ~ENABLED Next => b = O!Max
Ends == <>[](b = O!Max)
====
