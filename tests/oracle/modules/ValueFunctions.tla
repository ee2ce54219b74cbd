---- MODULE ValueFunctions ----
\* Functions, records and what equals what.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ <<1, 2>> = [i \in 1..2 |-> i]
  /\ [a |-> 1] = [s \in {"a"} |-> 1]
  /\ <<>> = [i \in {} |-> i]
  /\ (1 :> 2) = <<2>>
  /\ (1 :> 2 @@ 2 :> 3) = <<2, 3>>
  /\ (1 :> 5 @@ 1 :> 6)[1] = 5
  /\ [a |-> 1, b |-> 2].b = 2
  /\ [a |-> 1]["a"] = 1
  /\ [f \in {1} |-> x][1] = x
  /\ [i, j \in 1..2 |-> i + j][1, 2] = 3
  /\ [i, j \in 1..2 |-> i][<<2, 1>>] = 2
  /\ DOMAIN [a |-> 1, b |-> 2] = {"a", "b"}
  /\ [{1, 2} -> {}] = {}
  /\ [{} -> {1}] = {<<>>}
  /\ Cardinality([1..3 -> 1..2]) = 8
  /\ [a : {1}, b : {2}] = {[a |-> 1, b |-> 2]}
  /\ [i \in 1..2 |-> x] \in [1..2 -> Nat]
  /\ [a |-> 1] # [b |-> 1]
  /\ <<1>> # <<1, 2>>
====
