---- MODULE ValueMixedSizes ----
\* Comparisons look at sizes first, then go element by element.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ {1, 2} # {"a"}
  /\ <<1, "a">> # <<2, 1>>
  /\ <<1>> # <<1, 2>>
  /\ [a |-> 1] # [b |-> 1]
  /\ {} # {1}
  /\ <<>> # <<"a">>
====
