---- MODULE ValueStrings ----
\* Strings are values of their own.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ "a" # "b"
  /\ "a" \in STRING
  /\ {"a", "b"} = {"b", "a"}
  /\ [a |-> "b"].a = "b"
  /\ "" \o "z" = "z"
====
