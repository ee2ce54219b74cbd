---- MODULE ValueFiniteSets ----
\* Sets made from others: whether they are finite, and how many elements they have.
EXTENDS Integers, Sequences, FiniteSets

ASSUME IsFiniteSet(SUBSET {Seq({1})}) /\ IsFiniteSet(SUBSET SUBSET {Nat}) /\ ~IsFiniteSet(SUBSET Nat)
ASSUME IsFiniteSet([{Nat} -> {1}]) /\ IsFiniteSet([a : {Nat}, b : {}]) /\ IsFiniteSet({Nat} \X {1})
ASSUME IsFiniteSet({Nat} \cup {Int}) /\ IsFiniteSet({Nat} \ {Int}) /\ IsFiniteSet(UNION {{Nat}})
ASSUME ~IsFiniteSet([{} -> Nat]) /\ ~IsFiniteSet({} \X Nat) /\ ~IsFiniteSet(Seq({1}))
ASSUME ~IsFiniteSet(Nat \ {1}) /\ ~IsFiniteSet(Nat \cup {x \in Nat : x < 3})
ASSUME IsFiniteSet({x \in Nat : x < 3} \cap {1}) /\ IsFiniteSet({1} \ {x \in Nat : x < 3})
ASSUME IsFiniteSet({x \in SUBSET {Nat} : TRUE}) /\ ~IsFiniteSet(Nat \X {x \in Nat : x < 3})
ASSUME Cardinality(SUBSET {Nat}) = 2 /\ Cardinality([{1, 2} -> {Nat, Int}]) = 4

Only(n) == {x \in SUBSET (1..20) : x = {n}}
ASSUME \A n \in {3} : Cardinality(SUBSET {x \in SUBSET (1..n) : x = {1}}) = 2
ASSUME \A n \in {3} : SUBSET {x \in SUBSET (1..n) : x = {1}} = {{}, {{1}}}
ASSUME \A n \in {3} : {x \in SUBSET (1..n) : x = {1}} \X {1} = {<<{1}, 1>>}
ASSUME \A n \in {3} : [{x \in SUBSET (1..n) : x = {1}} -> {1, 2}] # {}
ASSUME \A n \in {3} : [a : {x \in SUBSET (1..n) : x = {1}}] = {[a |-> {1}]}
ASSUME \A n \in {3} : \A S \in SUBSET Only(n) : S \subseteq {{n}}
ASSUME \A n \in {3} : Cardinality((SUBSET (1..40)) \cap {{n}}) = 1
====
