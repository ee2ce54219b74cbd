---- MODULE ExistsTuple ----
\* \E over tuples and over several sets at once.
EXTENDS Naturals
VARIABLE x
Init == x = <<0, 0>>
Next == \/ \E <<a, b>> \in {<<1, 2>>, <<2, 1>>} : x' = <<b, a>>
        \/ \E a, b \in 0..1, c \in {0} : x' = <<a, b + c>>
====
