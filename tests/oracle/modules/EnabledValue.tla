---- MODULE EnabledValue ----
\* ENABLED as a value.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Up == x < 2 /\ x' = x + 1 /\ y' \in {0, 1}
Half == x = 2 /\ x' = 0
Next == Up \/ (~ENABLED Up /\ x' = 0 /\ y' = IF ENABLED Half THEN 1 ELSE 0)
Inv == (ENABLED Up) <=> x < 2
====
