---- MODULE ActionInfiniteArgumentA ----
EXTENDS Integers
CONSTANT S
VARIABLE x
Step == x' = x - 4 /\ x \in S
====
