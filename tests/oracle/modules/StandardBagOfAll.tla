---- MODULE StandardBagOfAll ----
\* BagOfAll has what its definition gives: the sum of the copies of what an operator maps to a value.
EXTENDS Integers, Bags, TLC

Zero(e) == e * 0
RECURSIVE Sum(_, _)
Sum(f, S) == IF S = {} THEN 0 ELSE LET d == CHOOSE d \in S : TRUE IN f[d] + Sum(f, S \ {d})
Defined(F(_), B) ==
  LET D == BagToSet(B)
  IN [e \in {F(d) : d \in D} |-> Sum([d \in D |-> IF F(d) = e THEN B[d] ELSE 0], D)]

ASSUME Defined(LAMBDA e : 1, <<1, 2>>) = <<3>> /\ BagOfAll(Zero, <<1, 2>>) = (0 :> 3)
ASSUME \A B \in {<<1, 2>>, EmptyBag, (2 :> 3 @@ 5 :> 1), (-1 :> 1)} :
         /\ BagOfAll(Zero, B) = Defined(Zero, B)
         /\ BagOfAll(LAMBDA e : e % 2, B) = Defined(LAMBDA e : e % 2, B)
         /\ BagOfAll(-., B) = Defined(-., B)
====
