---- MODULE UnchangedForms ----
\* UNCHANGED of a variable, a tuple and a definition.
EXTENDS Naturals
VARIABLES x, y, z
vars == <<x, y, z>>
rest == <<y, z>>
Init == x = 0 /\ y \in {1, 2} /\ z = 3
Next == \/ x' = 1 - x /\ UNCHANGED rest
        \/ UNCHANGED vars
        \/ UNCHANGED x /\ UNCHANGED <<y, z>>
====
