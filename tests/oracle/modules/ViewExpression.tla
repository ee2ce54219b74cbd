---- MODULE ViewExpression ----
\* VIEW: any value of the state; here a sum, so that states on one diagonal are one.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == \/ x < 3 /\ x' = x + 1 /\ y' \in 0..2
        \/ x = 3 /\ UNCHANGED <<x, y>>
Sum == x + y
====
