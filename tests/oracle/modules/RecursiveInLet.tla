---- MODULE RecursiveInLet ----
\* A recursive action inside a LET.
EXTENDS Naturals
VARIABLES x
Init == x = 0
Next == \E k \in 1..2 : LET RECURSIVE A(_)
             A(n) == IF n = 0 THEN x' = k ELSE A(n - 1) \/ x' = x
        IN A(2)
====
