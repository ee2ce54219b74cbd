---- MODULE SystemRounds ----
(* Rounds in which each process hears of most: a function is chosen, and then compared at each place. *)
EXTENDS Integers, FiniteSets
CONSTANTS N, Rounds
P == 1..N
VARIABLES val, rnd, heard
vars == <<val, rnd, heard>>
Init == val \in [P -> {0, 1}] /\ rnd = 0 /\ heard = [p \in P |-> {p}]
Min(S) == CHOOSE x \in S : \A y \in S : x <= y
Round == /\ rnd < Rounds
         /\ rnd' = rnd + 1
         /\ heard' \in [P -> SUBSET P]
         /\ \A p \in P : p \in heard'[p] /\ Cardinality(heard'[p]) >= N - 1
         /\ \E k \in P : \A p \in P : k \in heard'[p]
         /\ val' = [p \in P |-> Min({val[q] : q \in heard'[p]})]
Next == Round \/ (rnd = Rounds /\ UNCHANGED vars)
Spec == Init /\ [][Next]_vars /\ WF_vars(Round)
Valid == \A p \in P : val[p] \in {0, 1}
Agree == rnd = Rounds => \A p, q \in P : val[p] = val[q]
Conv == <>(\A p \in P : \A q \in P : val[p] = val[q])
Mono == [][\A p \in P : val'[p] <= val[p]]_vars
====
