---- MODULE CombinedFunctions ----
\* @@ prefers the left; sequences and records come out as such.
EXTENDS Integers, Sequences, TLC

\* Rows.
ASSUME <<1, 2>> @@ <<3, 4, 5>> = <<1, 2, 5>>
ASSUME (1 :> 2 @@ 2 :> 3) = <<2, 3>>
ASSUME [a |-> 1] @@ [a |-> 2, b |-> 3] = [a |-> 1, b |-> 3]
ASSUME <<>> @@ [a |-> 1] = [a |-> 1]
ASSUME 1 \in Any /\ "a" \in Any /\ {1} \subseteq Any
ASSUME Permutations({1, 2}) = {<<1, 2>>, <<2, 1>>} /\ Permutations({}) = {<<>>}
====
