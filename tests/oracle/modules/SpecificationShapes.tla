---- MODULE SpecificationShapes ----
\* Spec unfolded through definitions, with fairness in one of its own.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>
InitX == x = 0
Init == InitX /\ y = 1
Step(k) == x' = (x + k) % 4 /\ UNCHANGED y
Next == Step(1) \/ Step(2)
Behaviour == Init /\ [][Next]_vars
Fair == WF_vars(Next)
Spec == Behaviour /\ Fair
Live == (x = 1) ~> (x # 1)
====
