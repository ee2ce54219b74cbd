---- MODULE ErrorKindsFunctions ----
\* Functions on domains of different kinds do not compare.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (<<1>> = [a |-> 1]))
====
