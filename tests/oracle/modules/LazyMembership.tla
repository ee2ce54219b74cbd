---- MODULE LazyMembership ----
\* Membership needs no list of the elements.
EXTENDS Integers, Sequences, FiniteSets

\* Rows.
ASSUME 5 \in {x \in Nat : x > 3} /\ 1 \notin {x \in Nat : x > 3}
ASSUME {5} \subseteq {x \in Nat : x > 3}
ASSUME (1..10) \in SUBSET Nat
ASSUME {1, 2} \in SUBSET (1..2147483647)
ASSUME <<1>> \notin [1..2147483647 -> Nat]
ASSUME [a |-> 1] \in [a : Nat] /\ [b |-> 1] \notin [a : Nat]
ASSUME <<1, 2>> \in Nat \X Nat /\ <<1, 2, 3>> \notin Nat \X Nat
====
