---- MODULE CommunitySequencesExt ----
\* SequencesExt: what sequences hold, and their changes.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  LET iter[s \in SUBSET S] ==
        IF s = {} THEN base ELSE LET x == choose(s) IN op(f(x), iter[s \ {x}])
  IN  iter[S]

MaxOf(S) == CHOOSE x \in S : \A y \in S : x >= y
MinOf(S) == CHOOSE x \in S : \A y \in S : x <= y
ToSet(s) == {s[i] : i \in DOMAIN s}
IsInjective(s) == \A i, j \in DOMAIN s : s[i] = s[j] => i = j
SetToSeqs(S) == {f \in [1 .. Cardinality(S) -> S] : IsInjective(f)}
SetToSeq(S) == CHOOSE f \in SetToSeqs(S) : TRUE
SetToSortSeq(S, op(_, _)) == SortSeq(SetToSeq(S), op)
SetToAllKPermutations(S) == UNION {SetToSeqs(T) : T \in SUBSET S}
TupleOf(S, n) == [1 .. n -> S]
SeqOf(S, n) == UNION {[1 .. m -> S] : m \in 0 .. n}
BoundedSeq(S, n) == SeqOf(S, n)
Contains(s, e) == e \in ToSet(s)
Reverse(s) == [i \in 1 .. Len(s) |-> s[Len(s) + 1 - i]]
Remove(s, e) == SelectSeq(s, LAMBDA x : x # e)
ReplaceAll(s, old, new) == [i \in 1 .. Len(s) |-> IF s[i] = old THEN new ELSE s[i]]
InsertAt(s, i, e) == SubSeq(s, 1, i - 1) \o <<e>> \o SubSeq(s, i, Len(s))
ReplaceAt(s, i, e) == SubSeq(s, 1, i - 1) \o <<e>> \o SubSeq(s, i + 1, Len(s))
RemoveAt(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))
Places(s, Test(_)) == {i \in 1 .. Len(s) : Test(s[i])}
First(S) == IF S = {} THEN 0 ELSE MinOf(S)
Final(S) == IF S = {} THEN 0 ELSE MaxOf(S)
SelectInSeq(s, Test(_)) == First(Places(s, Test))
SelectLastInSeq(s, Test(_)) == Final(Places(s, Test))
SelectInSubSeq(s, from, to, Test(_)) == First(Places(s, Test) \cap (from .. to))
SelectLastInSubSeq(s, from, to, Test(_)) == Final(Places(s, Test) \cap (from .. to))
RemoveFirstMatch(s, Test(_)) == IF Places(s, Test) = {} THEN s ELSE RemoveAt(s, SelectInSeq(s, Test))
RemoveFirst(s, e) == RemoveFirstMatch(s, LAMBDA x : x = e)
Cons(e, s) == <<e>> \o s
Snoc(s, e) == s \o <<e>>
Front(s) == SubSeq(s, 1, Len(s) - 1)
Last(s) == s[Len(s)]
FoldLeft(op(_, _), base, s) ==
  MapThenFoldSet(LAMBDA x, y : op(y, x), base, LAMBDA i : s[i], MaxOf, DOMAIN s)
FoldRight(op(_, _), s, base) == MapThenFoldSet(op, base, LAMBDA i : s[i], MinOf, DOMAIN s)
FoldSeq(op(_, _), base, s) == FoldRight(op, s, base)
FoldLeftDomain(op(_, _), base, s) == FoldLeft(op, base, [i \in DOMAIN s |-> i])
FoldRightDomain(op(_, _), s, base) == FoldRight(op, [i \in DOMAIN s |-> i], base)
FlattenSeq(s) == FoldRight(LAMBDA x, y : x \o y, s, <<>>)
Zip(s, t) == [i \in 1 .. Len(s) |-> <<s[i], t[i]>>]
Interleave(s, t) == FlattenSeq(Zip(s, t))
SeqMod(a, b) == IF a % b = 0 THEN b ELSE a % b

\* Rows.
ASSUME ToSet(<<1, 2, 1>>) = {1, 2}
ASSUME ToSet(<<>>) = {}
ASSUME IsInjective(<<1, 2, 1>>) = FALSE
ASSUME IsInjective(<<"a", "b">>) = TRUE
ASSUME SetToSeq({3, 1, 2}) = <<1, 2, 3>>
ASSUME SetToSeq({}) = <<>>
ASSUME Head(SetToSeq({"zz", "aa"})) = CHOOSE s \in {"zz", "aa"} : TRUE
ASSUME SetToSeq({{1}, {}}) = <<{}, {1}>>
ASSUME SetToSeqs({1, 2}) = {<<1, 2>>, <<2, 1>>}
ASSUME SetToSeqs({}) = {<<>>}
ASSUME Cardinality(SetToSeqs(1..4)) = 24
ASSUME SetToSortSeq({3, 1, 2}, LAMBDA x, y : x > y) = <<3, 2, 1>>
ASSUME SetToSortSeq({}, LAMBDA x, y : x > y) = <<>>
ASSUME SetToAllKPermutations({1, 2}) = {<<>>, <<1>>, <<2>>, <<1, 2>>, <<2, 1>>}
ASSUME SetToAllKPermutations({}) = {<<>>}
ASSUME TupleOf({1, 2}, 2) = {<<1, 1>>, <<1, 2>>, <<2, 1>>, <<2, 2>>}
ASSUME TupleOf({1, 2}, 0) = {<<>>}
ASSUME <<5, 5>> \in TupleOf(1..9, 2)
ASSUME <<5, 5, 5>> \notin TupleOf(1..9, 2)
ASSUME SeqOf({1}, 2) = {<<>>, <<1>>, <<1, 1>>}
ASSUME SeqOf({}, 3) = {<<>>}
ASSUME BoundedSeq({1, 2}, 1) = {<<>>, <<1>>, <<2>>}
ASSUME Cardinality(BoundedSeq(1..3, 3)) = 40
ASSUME Contains(<<1, 2>>, 2) = TRUE
ASSUME Contains(<<1, 2>>, 3) = FALSE
ASSUME Contains(<<>>, 3) = FALSE
ASSUME Reverse(<<1, 2, 3>>) = <<3, 2, 1>>
ASSUME Reverse(<<>>) = <<>>
ASSUME Remove(<<1, 2, 1, 3>>, 1) = <<2, 3>>
ASSUME Remove(<<1>>, 2) = <<1>>
ASSUME ReplaceAll(<<1, 2, 1>>, 1, 9) = <<9, 2, 9>>
ASSUME ReplaceAll(<<>>, 1, 9) = <<>>
ASSUME InsertAt(<<1, 2>>, 1, 0) = <<0, 1, 2>>
ASSUME InsertAt(<<1, 2>>, 3, 9) = <<1, 2, 9>>
ASSUME InsertAt(<<>>, 1, 9) = <<9>>
ASSUME ReplaceAt(<<1, 2, 3>>, 2, 9) = <<1, 9, 3>>
ASSUME RemoveAt(<<1, 2, 3>>, 2) = <<1, 3>>
ASSUME RemoveAt(<<1>>, 1) = <<>>
ASSUME SelectInSeq(<<4, 5, 6, 5>>, LAMBDA x : x = 5) = 2
ASSUME SelectInSeq(<<4>>, LAMBDA x : x = 5) = 0
ASSUME SelectLastInSeq(<<4, 5, 6, 5>>, LAMBDA x : x = 5) = 4
ASSUME SelectLastInSeq(<<>>, LAMBDA x : x = 5) = 0
ASSUME SelectInSubSeq(<<5, 4, 5, 5>>, 2, 4, LAMBDA x : x = 5) = 3
ASSUME SelectInSubSeq(<<5, 4, 5>>, 2, 2, LAMBDA x : x = 5) = 0
ASSUME SelectLastInSubSeq(<<5, 4, 5, 5>>, 1, 3, LAMBDA x : x = 5) = 3
ASSUME SelectLastInSubSeq(<<5, 4>>, 2, 2, LAMBDA x : x = 5) = 0
ASSUME RemoveFirst(<<1, 2, 1>>, 1) = <<2, 1>>
ASSUME RemoveFirst(<<2>>, 1) = <<2>>
ASSUME RemoveFirstMatch(<<1, 4, 2, 6>>, LAMBDA x : x % 2 = 0) = <<1, 2, 6>>
ASSUME RemoveFirstMatch(<<1>>, LAMBDA x : x % 2 = 0) = <<1>>
ASSUME Cons(1, <<2, 3>>) = <<1, 2, 3>>
ASSUME Snoc(<<2, 3>>, 1) = <<2, 3, 1>>
ASSUME Front(<<1, 2, 3>>) = <<1, 2>>
ASSUME Front(<<1>>) = <<>>
ASSUME Front(<<>>) = <<>>
ASSUME Last(<<1, 2, 3>>) = 3
ASSUME FoldLeft(LAMBDA x, y : x - y, 10, <<1, 2, 3>>) = 4
ASSUME FoldLeft(LAMBDA x, y : x \o <<y>>, <<>>, <<1, 2>>) = <<1, 2>>
ASSUME FoldLeft(LAMBDA x, y : x, 7, <<>>) = 7
ASSUME FoldRight(LAMBDA x, y : x - y, <<10, 3, 2>>, 0) = 9
ASSUME FoldRight(LAMBDA x, y : <<x>> \o y, <<1, 2>>, <<3>>) = <<1, 2, 3>>
ASSUME FoldSeq(LAMBDA x, y : x - y, 0, <<10, 3, 2>>) = 9
ASSUME FoldLeftDomain(LAMBDA x, y : x * 10 + y, 0, <<7, 7, 7>>) = 123
ASSUME FoldRightDomain(LAMBDA x, y : y * 10 + x, <<7, 7, 7>>, 0) = 321
ASSUME FlattenSeq(<<<<1, 2>>, <<>>, <<3>>>>) = <<1, 2, 3>>
ASSUME FlattenSeq(<<>>) = <<>>
ASSUME Zip(<<1, 2>>, <<"a", "b">>) = <<<<1, "a">>, <<2, "b">>>>
ASSUME Zip(<<>>, <<>>) = <<>>
ASSUME Interleave(<<1, 2>>, <<8, 9>>) = <<1, 8, 2, 9>>
ASSUME SeqMod(3, 3) = 3
ASSUME SeqMod(4, 3) = 1
ASSUME SeqMod(0, 3) = 3
====
