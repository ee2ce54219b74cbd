---- MODULE ValueInfiniteMembers ----
\* Infinite sets, and values with such sets in them, are looked for in sets that are made from others.
EXTENDS Integers, Sequences, FiniteSets

ASSUME {Nat} \in SUBSET {Nat} /\ {Int} \notin SUBSET {Nat} /\ {{Nat}} \in SUBSET SUBSET {Nat, Int}
ASSUME Nat \in {Nat} \cup {Int} /\ Nat \notin {Nat} \cap {Int} /\ Nat \in {Nat} \ {Int}
ASSUME <<Nat, 1>> \in {Nat} \X {1} /\ <<Nat, 1>> \notin {Int} \X {1} /\ <<Nat, 1>> \notin {Nat} \X {2}
ASSUME <<Nat, 1, 2>> \notin {Nat} \X {1}
ASSUME {Nat} \in (SUBSET {Nat, Int}) \ {{Int}} /\ {Nat} \notin (SUBSET {Nat, Int}) \ {{Nat}}
ASSUME {Nat} \in (SUBSET {Nat}) \cup (SUBSET {Int}) /\ {Nat} \notin (SUBSET {Nat}) \cap (SUBSET {Int})
ASSUME [a |-> Nat] \in [a : {Nat, Int}] /\ [a |-> Nat] \notin [a : {Int}] /\ [a |-> Nat] \notin [b : {Nat}]
ASSUME [a |-> Nat] \in [{"a"} -> {Nat}] /\ [a |-> Nat] \notin [{"b"} -> {Nat}]
ASSUME <<Nat>> \in Seq({Nat}) /\ <<Nat>> \notin Seq({Int}) /\ <<Nat>> \in [1..1 -> {Nat}]
ASSUME [i \in {1, 2} |-> Nat] \notin [1..3 -> {Nat}]
ASSUME {Nat} \subseteq {Nat, Int} /\ ~({Nat, Int} \subseteq {Nat}) /\ {Nat} \subseteq {Nat} \cup {Int}
ASSUME Nat \in UNION {{Nat}, {Int}} /\ Nat \notin UNION {{Int}}
ASSUME {Nat} \cup {Int} = {Int, Nat} /\ Cardinality({Nat} \cup {Int}) = 2 /\ {Nat} \cup {} = {Nat}
ASSUME ({Nat} \cup {Int}) \ {Nat} = {Int} /\ {Nat} \ {Nat} = {} /\ {Nat, Int} \cap {Nat} = {Nat}
ASSUME \E S \in {Nat} \cup {Int} : -1 \in S
====
