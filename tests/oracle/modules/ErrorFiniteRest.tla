---- MODULE ErrorFiniteRest ----
\* Whether this set is finite cannot be told.
EXTENDS Integers, FiniteSets
VARIABLE x

Init == x = 0
Next == x' = IF ~IsFiniteSet(Nat \ Int) THEN 1 ELSE 2
====
