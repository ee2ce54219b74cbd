---- MODULE SpecificationSubscript ----
\* A subscript that lacks a variable is only warned about.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = x /\ y' = (y + 1) % 3
Spec == Init /\ [][Next]_x
====
