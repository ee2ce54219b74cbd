---- MODULE CommunityBagsExt ----
\* BagsExt: one copy more or less, and folds over all copies.
EXTENDS Integers, Sequences, FiniteSets, Bags

\* Definitions, as plain as can be.
BagAdd(B, x) == B (+) SetToBag({x})
BagRemove(B, x) == B (-) SetToBag({x})
BagRemoveAll(B, x) == [e \in DOMAIN B \ {x} |-> B[e]]
FoldBag(op(_, _), base, B) ==
  LET RECURSIVE Folded(_)
      Folded(C) == IF C = EmptyBag THEN base
                   ELSE LET x == CHOOSE e \in DOMAIN C : TRUE IN op(x, Folded(BagRemove(C, x)))
  IN  Folded(B)
SumBag(B) == FoldBag(LAMBDA x, y : x + y, 0, B)
ProductBag(B) == FoldBag(LAMBDA x, y : x * y, 1, B)

\* Rows.
ASSUME BagAdd(EmptyBag, 1) = <<1>>
ASSUME BagAdd(<<1>>, 1) = <<2>>
ASSUME BagAdd(<<1>>, 2) = <<1, 1>>
ASSUME BagRemove(<<2>>, 1) = <<1>>
ASSUME BagRemove(<<1>>, 1) = EmptyBag
ASSUME BagRemove(<<1>>, 5) = <<1>>
ASSUME BagRemoveAll(<<2, 3>>, 1) = (2 :> 3)
ASSUME BagRemoveAll(<<2>>, 7) = <<2>>
ASSUME FoldBag(LAMBDA x, y : x + y, 0, <<2, 3>>) = 8
ASSUME FoldBag(LAMBDA x, y : <<x>> \o y, <<>>, <<2, 1>>) = <<1, 1, 2>>
ASSUME FoldBag(LAMBDA x, y : 10 * y + x, 0, <<2, 1>>) = 211
ASSUME FoldBag(LAMBDA x, y : x, 9, EmptyBag) = 9
ASSUME FoldBag(LAMBDA x, y : x, "", SetToBag({"zz", "aa"})) = CHOOSE s \in {"zz", "aa"} : TRUE
ASSUME SumBag(<<2, 3>>) = 8
ASSUME SumBag(EmptyBag) = 0
ASSUME ProductBag(<<2, 3>>) = 8
ASSUME ProductBag(SetToBag({-1, 5}) (+) SetToBag({-1})) = 5
ASSUME ProductBag(EmptyBag) = 1
====
