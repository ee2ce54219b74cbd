---- MODULE StandardNumbers ----
\* Naturals and Integers: signs, powers, intervals.
EXTENDS Integers, FiniteSets

\* Rows.
ASSUME (-7) \div 2 = -4 /\ 7 \div (-2) = -4 /\ -7 % 2 = 1
ASSUME 0 ^ 5 = 0 /\ (-1) ^ 2147483647 = -1 /\ 2 ^ 30 = 1073741824
ASSUME 5 \in 1..2147483647 /\ Cardinality(1..2147483647) = 2147483647
ASSUME 3..1 = {} /\ 3..1 = 7..2
ASSUME -5 \in Int \ Nat /\ -1 \in Nat \cup {-1}
ASSUME {1, 2, -1} \cap Nat = {1, 2} /\ {1, 2, -1} \ Nat = {-1}
ASSUME ~ IsFiniteSet(Nat) /\ IsFiniteSet({1} \cap Nat) /\ ~ IsFiniteSet(Nat \ {1})
ASSUME Nat = Nat /\ Nat # Int
====
