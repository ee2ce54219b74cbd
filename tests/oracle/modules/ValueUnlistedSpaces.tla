---- MODULE ValueUnlistedSpaces ----
\* Sets that are made from sets of infinite sets are gone through; such sets are arguments of functions.
EXTENDS Integers, FiniteSets, TLC
VARIABLES x, p

Sets == {Nat, Int}
Sign == [S \in Sets |-> IF -1 \in S THEN -1 ELSE 1]

ASSUME \A S \in SUBSET {Nat} : S = {} \/ Nat \in S
ASSUME {Cardinality(S) : S \in SUBSET Sets} = 0..2
ASSUME {S \in SUBSET Sets : Nat \in S} = {{Nat}, {Nat, Int}}
ASSUME (CHOOSE S \in SUBSET {Nat} : S # {}) = {Nat}
ASSUME SUBSET {Nat} = SUBSET {Nat} /\ SUBSET {Nat} # SUBSET {Int}
ASSUME \A <<S, i>> \in Sets \X {1, 2} : i \in S
ASSUME \E f \in [{1} -> Sets] : -1 \in f[1]
ASSUME \A r \in [a : Sets, b : {1}] : r.b \in r.a
ASSUME Cardinality({q \in Sets \X {-1, 1} : q[2] \in q[1]}) = 3
ASSUME Sign[Nat] = 1 /\ Sign[Int] = -1 /\ DOMAIN Sign = Sets
ASSUME Sign = (Int :> -1 @@ Nat :> 1) /\ Sign # (Nat :> 1) /\ (Nat :> 1) # (Nat :> 2)
ASSUME {} \X Nat = {} /\ \A q \in {} \X Nat : FALSE
ASSUME Nat \cup {} = Nat /\ {} \cup Nat = Nat
ASSUME [{} -> {1}] # [{} -> {2}] /\ [{1} -> {}] # [{2} -> {}] /\ [{1} -> {}] = {}

Init == x = 0 /\ p \in {Cardinality(S) : S \in SUBSET Sets}
Next == /\ \E S \in SUBSET Sets : x' = (x + Cardinality(S)) % 4
        /\ \E q \in Sets \X {-1, 2} : q[2] \in q[1] /\ p' = Sign[q[1]] * q[2]
====
