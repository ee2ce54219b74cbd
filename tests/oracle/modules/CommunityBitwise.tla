---- MODULE CommunityBitwise ----
\* Bitwise: bit by bit, by division.
EXTENDS Integers

\* Definitions, as plain as can be.
Bits(x, y, Op(_, _)) ==
  LET RECURSIVE Row(_, _)
      Row(a, b) == IF a = 0 /\ b = 0 THEN 0
                   ELSE Op(a % 2, b % 2) + 2 * Row(a \div 2, b \div 2)
  IN  Row(x, y)
x & y == Bits(x, y, LAMBDA a, b : a * b)
x | y == Bits(x, y, LAMBDA a, b : IF a + b = 0 THEN 0 ELSE 1)
x ^^ y == Bits(x, y, LAMBDA a, b : (a + b) % 2)
RECURSIVE Not(_)
Not(x) == IF x = 0 THEN 0 ELSE (1 - (x % 2)) + 2 * Not(x \div 2)
shiftR(n, places) == n \div 2 ^ places
shiftL(n, places) == n * 2 ^ places

\* Rows.
ASSUME (5 & 3) = 1
ASSUME (0 & 7) = 0
ASSUME (12 & 10) = 8
ASSUME (5 | 3) = 7
ASSUME (0 | 0) = 0
ASSUME (8 | 1) = 9
ASSUME (5 ^^ 3) = 6
ASSUME (7 ^^ 7) = 0
ASSUME (1000000 ^^ 1) = 1000001
ASSUME Not(5) = 2
ASSUME Not(0) = 0
ASSUME Not(7) = 0
ASSUME Not(8) = 7
ASSUME shiftR(13, 2) = 3
ASSUME shiftR(1, 5) = 0
ASSUME shiftL(3, 4) = 48
ASSUME shiftL(0, 9) = 0
====
