---- MODULE LazyOperator ----
\* Arguments of an operator that is an argument itself are computed when they are first wanted.
EXTENDS Integers, Sequences
VARIABLE x
Ap(Op(_), e) == Op(e)
Twice(Op(_), e) == Op(Op(e))
RECURSIVE Fold(_,_,_)
Fold(Op(_,_), s, z) == IF s = <<>> THEN z ELSE Op(Head(s), Fold(Op, Tail(s), z))
RECURSIVE Up(_,_)
Up(Op(_,_), n) == Op(n, Up(Op, n+1))
Init == x = 0
Next == /\ x < 100
        /\ x' = x + Ap(LAMBDA v : 1, 1 \div 0)
        /\ Twice(LAMBDA v : TRUE \/ v = 1, 1 \div (x - x))
        /\ Up(LAMBDA a, b : IF a > 5 THEN a ELSE b, x % 5) = 6
        /\ Fold(LAMBDA a, b : IF a = 1 THEN 0 ELSE a + b, <<3,2,1>>, x) = 5
Inv == Ap(LAMBDA v : x >= 0 \/ v, <<>>[1])
====
