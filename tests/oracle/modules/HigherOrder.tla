---- MODULE HigherOrder ----
\* Operators as arguments; operators with infix symbols.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Double(a) == a * 2
Apply(F(_), a) == F(a)
a ++ b == a + b + 2
Fold(F(_, _), a, b) == F(a, b)
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ Apply(Double, 3) = 6
  /\ Apply(LAMBDA a : a - 1, 3) = 2
  /\ (2 ++ 3) = 7
  /\ Fold(+, 1, 2) = 3
====
