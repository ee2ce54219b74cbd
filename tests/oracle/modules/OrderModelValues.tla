---- MODULE OrderModelValues ----
\* Model values come before all other kinds.
EXTENDS Naturals
CONSTANTS none, other
VARIABLE x
Choice == CHOOSE v \in {3, none, 1, other} : TRUE
Init == x = Choice
Next == UNCHANGED x
OtherFirst == x = other
====
