---- MODULE ValueMixedWritten ----
\* A set that is written down with elements of several kinds is an error for who goes through it alone.
EXTENDS Integers, Sequences, FiniteSets
VARIABLES x, y

Kinds == {0, 1, "none"}
Tags == [i \in 1..3 |-> {i, "tag"}]

ASSUME 1 \in {1, "a"} /\ "a" \notin {} /\ 2 \in {IF v = 1 THEN 2 ELSE "a" : v \in 1..2}
ASSUME IsFiniteSet({1, "a"}) /\ {1} \subseteq {1, "a"} /\ {1} \in SUBSET {1, "a"}
ASSUME [v \in {1, "a"} |-> v][1] = 1 /\ <<{1, "a"}, 2>>[2] = 2 /\ Len(<<{1, "a"}>>) = 1
ASSUME <<1, 1>> \in {1, "a"} \X {1} /\ \A i \in 1..3 : i \in Tags[i]
ASSUME <<1, {1, "a"}>> # <<2, {1, "a"}>>

TypeOK == x \in Kinds /\ y \in {"none"} \cup {"some"}
Init == x = 0 /\ y = "none"
Next == x' = 1 - x /\ y' \in {"none", "some"} /\ (x = 0 => x' \in {1, "none"})
====
