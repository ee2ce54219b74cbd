---- MODULE BagOfAllConstant ----
\* BagOfAll with an operator that has one value; the same by its definition, where the engines agree.
EXTENDS Integers, Bags

One(e) == 1
RECURSIVE Sum(_, _)
Sum(f, S) == IF S = {} THEN 0 ELSE LET d == CHOOSE d \in S : TRUE IN f[d] + Sum(f, S \ {d})
Defined(F(_), B) ==
  LET D == BagToSet(B)
  IN [e \in {F(d) : d \in D} |-> Sum([d \in D |-> IF F(d) = e THEN B[d] ELSE 0], D)]

ASSUME Defined(One, <<1, 2>>) = <<3>>
ASSUME BagOfAll(One, <<1, 2>>) = <<3>>
====
