---- MODULE ValueInfiniteSets ----
\* Infinite sets are elements, fields and values of functions, as long as nobody lists them.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLES r, x

Types == [n |-> Nat, z |-> Int, s |-> STRING, b |-> BOOLEAN, q |-> Seq({0, 1})]
Of(t) == CASE t = "n" -> Nat [] t = "i" -> Int [] OTHER -> {0}
Kinds == [t \in {"n", "i", "o"} |-> Of(t)]
Pairs == {<<S, i>> : S \in {Nat, Int}, i \in 1..2}

ASSUME [a |-> Nat].a = Nat /\ [a |-> Nat] # [a |-> Int] /\ [a |-> Nat] # [b |-> Int]
ASSUME <<Nat, Int>> = <<Nat, Int>> /\ <<1, Nat>> # <<2, Int>> /\ Len(<<Nat, Int>>) = 2
ASSUME \A S \in {Nat, Int} : 3 \in S
ASSUME \E S \in {Nat, Int} : -3 \in S
ASSUME (CHOOSE S \in {Int, Nat} : TRUE) = Nat
ASSUME (CHOOSE p \in {<<Int, 1>>, <<Nat, 1>>} : TRUE)[1] = Nat
ASSUME Nat \in {Nat, Int} /\ Nat \notin {Int} /\ Nat \notin {} /\ [a |-> Nat] \in {[a |-> Nat]}
ASSUME {Nat, Int} = {Int, Nat} /\ {Nat} # {Int} /\ {Nat, Int} # {{1}} /\ {} # {Nat}
ASSUME Cardinality({Nat, Int, Nat}) = 2 /\ IsFiniteSet({Nat, Int})
ASSUME {S \in {Nat, Int} : -1 \in S} = {Int}
ASSUME -3 \in UNION {Nat, Int} /\ -3 \notin UNION {Nat}
ASSUME \A <<S, i>> \in {<<Nat, 1>>, <<Int, 2>>} : i \in S
ASSUME [[a |-> 1] EXCEPT !.a = Nat].a = Nat
ASSUME [[a |-> Nat, b |-> 1] EXCEPT !.b = @ + 1].b = 2
ASSUME [[a |-> Nat] EXCEPT !.a = 3] = [a |-> 3]
ASSUME \A S \in {Nat \cup {-1}} : -1 \in S
ASSUME \A f \in {[y \in Nat |-> y + 1]} : f[3] = 4
ASSUME {} \ 2 = {} /\ {} \cap 2 = {} /\ 2 \cap {} = {} /\ {} \X 2 = {}
ASSUME \A y \in {} \ 2 : FALSE
ASSUME 3 \notin {} \cap 2 /\ 3 \notin {} \ 2 /\ <<3, 3>> \notin {} \X 2
ASSUME (1 :> Nat)[1] = Nat /\ (1 :> Nat) = <<Nat>> /\ ("a" :> Nat @@ "b" :> 1).a = Nat
ASSUME Append(<<1>>, Nat)[2] = Nat /\ Append(<<Nat>>, 1) = <<Nat, 1>>
ASSUME 3 \in Head(<<Nat, 2>>) /\ Tail(<<1, Nat>>) = <<Nat>> /\ Tail(<<Nat, 1>>) = <<1>>
ASSUME <<Nat>> \o <<1>> = <<Nat, 1>> /\ Len(<<>> \o <<Int>>) = 1 /\ (<<1>> \o <<Nat>>)[2] = Nat
ASSUME SubSeq(<<Nat, 1, Int>>, 2, 3)[2] = Int /\ SubSeq(<<Nat, 1, Int>>, 2, 2) = <<1>>
ASSUME SelectSeq(<<Nat, Int>>, LAMBDA S : -1 \in S)[1] = Int /\ Head([i \in 1..2 |-> Nat]) = Nat

TypeOK ==
  /\ \A f \in DOMAIN r : r[f] \in Types[f]
  /\ \A t \in {"n", "i"} : x \in Kinds[t]
  /\ \A p \in Pairs : x \in p[1]
Init == r = [n |-> 0, z |-> 0, s |-> "a", b |-> TRUE, q |-> <<>>] /\ x = 0
Next ==
  /\ r' = [r EXCEPT !.n = (@ + 1) % 3, !.z = @ - (IF @ > -3 THEN 1 ELSE 0), !.b = ~@,
                    !.q = IF Len(@) < 2 THEN Append(@, r.n % 2) ELSE <<>>]
  /\ \E S \in {Nat, Int} : x' = IF -1 \in S THEN (x + 1) % 3 ELSE x
====
