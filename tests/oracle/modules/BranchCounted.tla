---- MODULE BranchCounted ----
(* A union that is counted is put together, and its elements are tried once from then on. The
   instances of an action are made before that; a set that depends on the state is another one in
   each state. *)
EXTENDS Integers, FiniteSets

VARIABLES x, y

Parts == UNION {1..2, 2..3}
UpTo(n) == UNION {1..n, 2..3}

Init == x = 1 /\ y = 2

Next ==
    \/ \E z \in Parts : x' = z /\ y' = y
    \/ \E z \in UpTo(y) : y' = z /\ x' = x
    \/ Cardinality(UpTo(x)) = 3 /\ \E z \in UpTo(x) : y' = z /\ UNCHANGED x
    \/ LET Counted == UpTo(x)
       IN  Cardinality(Counted) = 3 /\ \E z \in Counted : y' = z /\ UNCHANGED x
    \/ x < 3 /\ \E z \in Parts : y' = z /\ UNCHANGED x

Counted == Cardinality(Parts) = 3 /\ Cardinality(UpTo(x)) >= 3
====
