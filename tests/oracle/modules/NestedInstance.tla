---- MODULE NestedInstance ----
\* A nested module sees what is declared before it, and is used by INSTANCE.
EXTENDS Naturals
CONSTANT Limit
VARIABLE x
---- MODULE Inner ----
CONSTANT By
Step == x < Limit /\ x' = x + By
---- MODULE Deep ----
Back == x > By /\ x' = x - By
====
D == INSTANCE Deep
====
One == INSTANCE Inner WITH By <- 1
Two == INSTANCE Inner WITH By <- 2
Init == x = 0
Next == One!Step \/ Two!Step \/ Two!D!Back
====
