---- MODULE LoopsUnevaluated ----
\* What a loop does not change is not evaluated where no round wants it.
EXTENDS Integers, Sequences
VARIABLES q, n
Init == q = <<>> /\ n = 0
Fill == Len(q) < 3 /\ q' = Append(q, n) /\ n' = n
Turn == n < 3 /\ n' = n + 1 /\ q' = q
Next == Fill \/ Turn
Guarded == /\ \A i \in 1..3 : \A j \in 1..3 : i <= Len(q) => q[i] + j > n - 4
           /\ \A i \in 0..2 : \A j \in 1..2 : i = 0 \/ (12 \div i) * j > n
           /\ \A i \in 0..1 : \A j \in 1..Len(q) : Head(q) = i \/ j > 0
====
