---- MODULE LazyFunction ----
\* A function may have no value where nobody asks for one.
EXTENDS Integers, FiniteSets

\* Rows.
ASSUME [i \in 1..3 |-> 1 \div (i - 2)][1] = -1
ASSUME LET f == [i \in 1..3 |-> 1 \div (i - 2)] IN f[3] = 1
ASSUME [i \in Nat |-> i * 2][5] = 10
ASSUME [[i \in Nat |-> i] EXCEPT ![3] = 0][3] = 0
ASSUME [[i \in Nat |-> i] EXCEPT ![3] = 0][4] = 4
====
