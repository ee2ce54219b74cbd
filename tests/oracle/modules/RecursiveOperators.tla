---- MODULE RecursiveOperators ----
\* RECURSIVE operators, also two that call each other.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
RECURSIVE Length(_), Even(_), Odd(_), SumOf(_)
Length(s) == IF s = <<>> THEN 0 ELSE 1 + Length(Tail(s))
Even(n) == IF n = 0 THEN TRUE ELSE Odd(n - 1)
Odd(n) == IF n = 0 THEN FALSE ELSE Even(n - 1)
SumOf(S) == IF S = {} THEN 0 ELSE LET e == CHOOSE e \in S : TRUE IN e + SumOf(S \ {e})
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ Length(<<1, 2, 3>>) = 3
  /\ Even(6)
  /\ ~Even(5)
  /\ SumOf({1, 2, 3}) = 6
  /\ (LET RECURSIVE F(_) F(n) == IF n = 0 THEN 0 ELSE 1 + F(n - 1) IN F(5)) = 5
====
