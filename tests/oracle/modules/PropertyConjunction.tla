---- MODULE PropertyConjunction ----
\* A property of several kinds at once.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x
All == x = 0 /\ [](x < 3) /\ [][x' # x]_x
====
