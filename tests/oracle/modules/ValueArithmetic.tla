---- MODULE ValueArithmetic ----
\* Arithmetic, with \div and % as TLC has them.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ (-7) \div 2 = -4
  /\ -7 \div 2 = -3
  /\ 7 \div (-2) = -4
  /\ -7 % 2 = 1
  /\ -(7 % 2) = -1
  /\ 2^10 = 1024
  /\ 2^0 = 1
  /\ 3 - 5 = -2
  /\ -(-x) = x
  /\ 1..0 = {}
  /\ 3..1 = {}
  /\ -1..1 = {0, -1, 1}
  /\ 2147483647 > 2147483646
====
