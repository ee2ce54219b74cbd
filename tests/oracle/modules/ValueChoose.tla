---- MODULE ValueChoose ----
\* CHOOSE takes the first in normal order.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ (CHOOSE e \in {3, 1, 2} : e > 1) = 2
  /\ (CHOOSE e \in BOOLEAN : TRUE) = FALSE
  /\ (CHOOSE e \in SUBSET {1, 2} : e # {}) = {1}
  /\ (CHOOSE e \in {<<2>>, <<1, 1>>, <<1>>} : TRUE) = <<1>>
  /\ (CHOOSE <<a, b>> \in (1..2) \X (1..2) : a > b) = <<2, 1>>
  /\ (CHOOSE f \in [1..2 -> 0..1] : f[2] = 1) = <<0, 1>>
====
