---- MODULE ValueExcept ----
\* EXCEPT in all its forms.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ [<<1, 2>> EXCEPT ![1] = 5] = <<5, 2>>
  /\ [<<1, 2>> EXCEPT ![1] = @ + 1, ![2] = @ * 5] = <<2, 10>>
  /\ [<<1, 2>> EXCEPT ![1] = 3, ![1] = @ + 1] = <<4, 2>>
  /\ [[a |-> 1] EXCEPT !.a = x] = [a |-> x]
  /\ [[a |-> <<1, 2>>] EXCEPT !.a[2] = 9] = [a |-> <<1, 9>>]
  /\ [[i \in 1..2 |-> [b |-> i]] EXCEPT ![2].b = @ + 7][2].b = 9
  /\ [<<1, 2>> EXCEPT ![3] = 5] = <<1, 2>>
  /\ [[i, j \in 1..2 |-> 0] EXCEPT ![1, 2] = 4][1, 2] = 4
====
