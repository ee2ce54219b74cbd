---- MODULE SetFilterLater ----
(* A filter of a set that is not written out is asked of what is looked for alone: the predicate
   may fail on other elements, and there may be too many of them. *)
EXTENDS Integers, FiniteSets

VARIABLE n

Greatest(S) == CHOOSE x \in S : \A y \in S : x >= y
Initial == {S \in SUBSET (1..n) : S = 1..Greatest(S)}
Constant == {S \in SUBSET (1..3) : S = 1..Greatest(S)}
Pairs == {<<f, S>> \in [1..n -> 0..1] \X SUBSET (1..n) : f[Greatest(S)] = 1}
Many == {f \in [1..40 -> 1..9] : f[n] = n}
Chosen == {S \in {T \in SUBSET (1..n) : n \in T} : Cardinality(S) < 3}

Init == n = 1
Next == n' = (n % 3) + 1

Inv ==
  /\ 1..n \in Initial
  /\ 1..2 \in Constant
  /\ {n, n + 1} \notin Initial
  /\ <<[i \in 1..n |-> 1], {1}>> \in Pairs
  /\ [i \in 1..40 |-> n] \in Many
  /\ Cardinality(Chosen) = (IF n = 3 THEN 3 ELSE n)
  /\ Chosen = {S \in SUBSET (1..n) : n \in S /\ S # 1..3}
====
