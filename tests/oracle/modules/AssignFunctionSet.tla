---- MODULE AssignFunctionSet ----
\* x' \in [S -> T] and x \in [a : S].
EXTENDS Naturals
VARIABLES f, r
Init == f \in [{1, 2} -> {0, 1}] /\ r \in [a : {1, 2}, b : BOOLEAN]
Next == f' \in [{1, 2} -> {0}] /\ UNCHANGED r
====
