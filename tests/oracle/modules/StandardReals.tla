---- MODULE StandardReals ----
\* Reals: integers as in Integers.
EXTENDS Reals

\* Rows.
ASSUME 7 \div 2 = 3
ASSUME -7 % 3 = 2
ASSUME 3 \in Int /\ -3 \in Int /\ ~ (-3 \in Nat)
====
