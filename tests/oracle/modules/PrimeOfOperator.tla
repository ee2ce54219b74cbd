---- MODULE PrimeOfOperator ----
\* F(x)' primes the argument.
EXTENDS Naturals
VARIABLE x
F(a) == a + 1
Init == x = 0
Next == x < 3 /\ x' = F(x)
Spec == Init /\ [][Next]_x
Step == [][F(x)' = F(x) + 1]_x
====
