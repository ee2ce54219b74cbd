---- MODULE StandardSequences ----
\* Sequences: strings count as sequences of characters here and there.
EXTENDS Integers, Sequences

\* Rows.
ASSUME Len("abc") = 3 /\ Tail("abc") = "bc" /\ SubSeq("abc", 1, 2) = "ab" /\ SubSeq("abc", 3, 2) = ""
ASSUME "a" \o "bc" = "abc"
ASSUME SubSeq(<<1, 2, 3>>, 7, 3) = <<>>
ASSUME Len([i \in 1..3 |-> 1]) = 3
ASSUME [i \in 1..2 |-> i] \o <<5>> = <<1, 2, 5>>
ASSUME SelectSeq(<<1, 2, 3>>, LAMBDA x : x > 1) = <<2, 3>>
ASSUME <<>> \in Seq({}) /\ <<1, 2>> \in Seq(Nat) /\ <<-1>> \notin Seq(Nat)
ASSUME Seq({1}) = Seq({1}) /\ Seq({1}) # Seq({2})
====
