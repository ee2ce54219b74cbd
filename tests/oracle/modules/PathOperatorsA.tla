---- MODULE PathOperatorsA ----
EXTENDS Integers
CONSTANT K
Plus(n) == K + n
Less(n) == \A m \in 1..2 : m + n < K
====
