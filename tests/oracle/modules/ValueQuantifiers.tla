---- MODULE ValueQuantifiers ----
\* \A and \E as values, bounds over tuples and several variables.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ \A i, j \in 1..3 : i + j = j + i
  /\ \E i \in 1..3, j \in 4..5 : i + j = 8
  /\ \A <<a, b>> \in {<<1, 2>>} : a < b
  /\ \A e \in {} : 1 = "a"
  /\ ~ \E e \in {} : TRUE
  /\ \A f \in [1..2 -> 0..1] : f[1] \in 0..1
====
