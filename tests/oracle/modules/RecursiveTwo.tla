---- MODULE RecursiveTwo ----
\* A recursive action with two arguments branches.
EXTENDS Naturals
VARIABLES x, y
RECURSIVE Go(_, _)
Go(n, k) == IF n = 0 THEN x' = k /\ (y' = y \/ y' = 1 - y) ELSE Go(n - 1, k + n) \/ Go(n - 1, k)
Init == x = 0 /\ y = 0
Next == x < 4 /\ Go(2, x)
====
