------------------------------ MODULE Apalache ------------------------------
(* What the operators by which Apalache is advised mean to everybody else: their plain values. *)
EXTENDS Integers, Sequences

x := e == x = e

Gen(size) == {}

Guess(S) == CHOOSE x \in S : TRUE

Skolem(e) == e

Expand(S) == S

ConstCardinality(e) == e

MkSeq(n, F(_)) == [i \in 1 .. n |-> F(i)]

\* A function from the pairs of its arguments and values.
SetAsFun(S) ==
  LET arguments == {pair[1] : pair \in S}
      values == {pair[2] : pair \in S}
  IN  [a \in arguments |-> CHOOSE v \in values : <<a, v>> \in S]

FunAsSeq(f, length, capacity) == SubSeq(MkSeq(capacity, LAMBDA i : f[i]), 1, length)

RECURSIVE ApaFoldSet(_, _, _)
ApaFoldSet(Op(_, _), v, S) ==
  IF S = {} THEN v
  ELSE LET one == CHOOSE x \in S : TRUE
       IN  ApaFoldSet(Op, Op(v, one), S \ {one})

RECURSIVE ApaFoldSeqLeft(_, _, _)
ApaFoldSeqLeft(Op(_, _), v, s) ==
  IF s = << >> THEN v ELSE ApaFoldSeqLeft(Op, Op(v, Head(s)), Tail(s))

Repeat(F(_, _), n, x) ==
  LET RECURSIVE Times(_)
      Times(i) == IF i = 0 THEN x ELSE F(Times(i - 1), i)
  IN  Times(n)
=============================================================================
