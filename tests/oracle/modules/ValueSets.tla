---- MODULE ValueSets ----
\* Set operators and comprehensions.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ {1, 2} \cup {3} = 1..3
  /\ {1, 2, 3} \cap 2..5 = {2, 3}
  /\ (1..3) \ {2} = {1, 3}
  /\ {1} \subseteq {1, 2}
  /\ UNION {{1}, {2, 3}, {}} = 1..3
  /\ SUBSET {1, 2} = {{}, {1}, {2}, {1, 2}}
  /\ Cardinality(SUBSET (1..4)) = 16
  /\ {e \in 1..5 : e % 2 = 0} = {2, 4}
  /\ {e * e : e \in -2..2} = {0, 1, 4}
  /\ {a + b : a, b \in 0..1} = 0..2
  /\ {<<a, b>> \in (1..2) \X (1..2) : a < b} = {<<1, 2>>}
  /\ Cardinality((1..2) \X (1..2) \X {1}) = 4
  /\ <<1, 2, 1>> \in (1..2) \X (1..2) \X {1}
  /\ IsFiniteSet({x})
  /\ x \notin {}
  /\ {1} \subseteq Nat
  /\ x \in Int
  /\ -1 \notin Nat
====
