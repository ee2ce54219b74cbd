---- MODULE ConfigValues ----
\* Numbers, strings, Booleans and nested sets as constants.
EXTENDS Naturals
CONSTANTS N, S, Flag, Sets
VARIABLE x
ASSUME N \in Nat /\ Flag
Init == x \in Sets
Next == x' = IF Flag THEN {N} ELSE {}
Inv == S = "text" /\ x # {}
====
