---- MODULE ValueSequences ----
\* The operators of Sequences.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1
Holds ==
  /\ Len(<<>>) = 0
  /\ Head(<<x, 1>>) = x
  /\ Tail(<<1, x>>) = <<x>>
  /\ Append(<<1>>, 2) = <<1, 2>>
  /\ <<1>> \o <<2, 3>> = <<1, 2, 3>>
  /\ SubSeq(<<1, 2, 3>>, 2, 3) = <<2, 3>>
  /\ SubSeq(<<1>>, 3, 2) = <<>>
  /\ SelectSeq(<<1, 2, 3>>, LAMBDA e : e # 2) = <<1, 3>>
  /\ <<1, 2>> \in Seq({1, 2})
  /\ "ab" \o "c" = "abc"
  /\ Len("abc") = 3
  /\ DOMAIN <<5, 6>> = {1, 2}
  /\ <<7, 8>>[2] = 8
====
