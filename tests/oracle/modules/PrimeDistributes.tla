---- MODULE PrimeDistributes ----
\* e' of an expression with several variables.
EXTENDS Naturals
VARIABLES x, y
Sum == x + y
Init == x = 0 /\ y = 0
Next == /\ x' \in 0..2
        /\ y' \in 0..2
        /\ Sum' = 2
====
