---- MODULE StandardBags ----
\* Bags: what TLC's own class gives.
EXTENDS Integers, Sequences, FiniteSets, Bags

\* Rows.
ASSUME SetToBag({1, 2}) = <<1, 1>>
ASSUME SetToBag({}) = EmptyBag
ASSUME BagToSet(<<0>>) = {1}
ASSUME BagIn(1, <<3>>) /\ ~ BagIn(2, <<3>>)
ASSUME IsABag(<<1, 2>>) /\ ~ IsABag(<<0>>) /\ ~ IsABag(1) /\ ~ IsABag({}) /\ IsABag(EmptyBag)
ASSUME <<1, 2>> (+) <<3>> = <<4, 2>>
ASSUME <<1, 2>> (-) <<1, 1>> = (2 :> 1)
ASSUME <<1, 2>> (-) <<5, 5>> = EmptyBag
ASSUME <<1, 2>> \sqsubseteq <<1, 3>>
ASSUME ~ (<<1, 2>> \sqsubseteq <<1>>)
ASSUME BagUnion({<<1>>, <<1, 2>>}) = <<2, 2>>
ASSUME BagUnion({}) = EmptyBag
ASSUME BagCardinality(<<1, 2, 3>>) = 6
ASSUME CopiesIn(1, <<5>>) = 5 /\ CopiesIn(2, <<5>>) = 0
ASSUME SubBag(<<1, 1>>) = {EmptyBag, <<1>>, (2 :> 1), <<1, 1>>}
ASSUME BagOfAll(LAMBDA x : x % 2, <<1, 2, 3>>) = (0 :> 2 @@ 1 :> 4)
====
