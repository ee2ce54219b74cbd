---- MODULE SystemAddWinsSet ----
EXTENDS SystemAddWinsSetModel
CONSTANTS r1, r2, r3
Reps == {r1, r2, r3}
Symmetric == Permutations(Reps)
Few == Cardinality(observed) <= 4
Slim == <<live, dead, clock, buffer, ops>>
====
