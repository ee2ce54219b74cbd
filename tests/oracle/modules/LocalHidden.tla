---- MODULE LocalHidden ----
\* What is LOCAL is hidden: the same name may mean something else in a module that extends.
EXTENDS LocalHiddenBase
VARIABLE x
Step(n) == n + 3
Init == x = 0
Next == x' = Move(Step(x)) % 7
====
