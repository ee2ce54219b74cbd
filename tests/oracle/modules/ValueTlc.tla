---- MODULE ValueTlc ----
\* Operators of TLC.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ Print("printed", TRUE)
  /\ PrintT(x)
  /\ Assert(x >= 0, "never")
  /\ TLCEval({1, 2}) = {1, 2}
  /\ Cardinality(Permutations({1, 2, 3})) = 6
  /\ ToString(12) = "12"
  /\ ("a" :> 1) = [a |-> 1]
====
