---- MODULE BranchShortCircuit ----
\* /\ , \/ and => stop at what decides them.
EXTENDS Naturals
VARIABLE x
Init == x = 0
A == FALSE /\ (1 = "a")
B == TRUE \/ (1 = "a")
C == FALSE => (1 = "a")
Next == x' = IF A \/ ~B \/ ~C THEN 7 ELSE x
Inv == x = 0
====
