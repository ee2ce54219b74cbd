---- MODULE ExtendsConflict ----
\* Two extended modules define the same name: SANY warns, each means its own, and the first wins.
EXTENDS ExtendsConflictLeft, ExtendsConflictRight, Naturals
VARIABLE x
Init == x = Step
Next == x' = (x + Left + Right) % 11
====
