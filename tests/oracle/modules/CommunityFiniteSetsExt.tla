---- MODULE CommunityFiniteSetsExt ----
\* FiniteSetsExt: folds over sets, subsets of a size, choices.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  LET iter[s \in SUBSET S] ==
        IF s = {} THEN base ELSE LET x == choose(s) IN op(f(x), iter[s \ {x}])
  IN  iter[S]

FoldSet(op(_, _), base, S) == MapThenFoldSet(op, base, LAMBDA x : x, LAMBDA s : CHOOSE x \in s : TRUE, S)
ReduceSet(op(_, _), S, acc) == FoldSet(op, acc, S)
SumSet(S) == FoldSet(LAMBDA x, y : x + y, 0, S)
ProductSet(S) == FoldSet(LAMBDA x, y : x * y, 1, S)
MapThenSumSet(op(_), S) ==
  MapThenFoldSet(LAMBDA x, y : x + y, 0, op, LAMBDA s : CHOOSE x \in s : TRUE, S)
FlattenSet(S) == UNION S
SymDiff(A, B) == (A \ B) \cup (B \ A)
Quantify(S, P(_)) == Cardinality({x \in S : P(x)})
ChooseUnique(S, P(_)) == CHOOSE x \in S : P(x) /\ \A y \in S : P(y) => y = x
Max(S) == CHOOSE x \in S : \A y \in S : x >= y
Min(S) == CHOOSE x \in S : \A y \in S : x <= y
kSubset(k, S) == {T \in SUBSET S : Cardinality(T) = k}
Choices(S) == {{f[T] : T \in S} : f \in {g \in [S -> UNION S] : \A T \in S : g[T] \in T}}

\* Rows.
ASSUME FoldSet(LAMBDA x, y : x + y, 0, {1, 2, 3}) = 6
ASSUME FoldSet(LAMBDA x, y : x - y, 0, {1, 2, 3}) = 2
ASSUME FoldSet(LAMBDA x, y : 10 * y + x, 0, {1, 2, 3}) = 321
ASSUME FoldSet(LAMBDA x, y : x, 5, {}) = 5
ASSUME FoldSet(LAMBDA x, y : x, "", {"zz", "aa"}) = CHOOSE s \in {"zz", "aa"} : TRUE
ASSUME FoldSet(LAMBDA x, y : <<x>> \o y, <<>>, {{2}, {}, {1, 2}}) = <<{}, {2}, {1, 2}>>
ASSUME ReduceSet(LAMBDA x, y : x - y, {1, 2, 3}, 0) = 2
ASSUME ReduceSet(LAMBDA x, y : x \cup y, {{1}, {2}}, {3}) = {1, 2, 3}
ASSUME SumSet({}) = 0
ASSUME SumSet({-1, 1, 5}) = 5
ASSUME SumSet(1..10) = 55
ASSUME ProductSet({}) = 1
ASSUME ProductSet({2, 3, -4}) = -24
ASSUME MapThenSumSet(LAMBDA x : x * x, 1..4) = 30
ASSUME MapThenSumSet(LAMBDA x : x, {}) = 0
ASSUME MapThenSumSet(LAMBDA x : 2, {"a", "b"}) = 4
ASSUME FlattenSet({{1, 2}, {2, 3}, {}}) = {1, 2, 3}
ASSUME FlattenSet({}) = {}
ASSUME SymDiff({1, 2}, {2, 3}) = {1, 3}
ASSUME SymDiff({1}, {}) = {1}
ASSUME SymDiff({}, {}) = {}
ASSUME SymDiff(1..3, 1..3) = {}
ASSUME Quantify(1..10, LAMBDA x : x % 3 = 0) = 3
ASSUME Quantify({}, LAMBDA x : TRUE) = 0
ASSUME ChooseUnique({2, 4, 5}, LAMBDA x : x % 2 = 1) = 5
ASSUME ChooseUnique({<<1>>}, LAMBDA x : TRUE) = <<1>>
ASSUME Max({3, -1, 2}) = 3
ASSUME Max(1..1) = 1
ASSUME Min({3, -1, 2}) = -1
ASSUME Min(5..9) = 5
ASSUME kSubset(2, {1, 2, 3}) = {{1, 2}, {1, 3}, {2, 3}}
ASSUME kSubset(0, {1, 2}) = {{}}
ASSUME kSubset(3, {1, 2}) = {}
ASSUME kSubset(1, {}) = {}
ASSUME kSubset(-1, {1}) = {}
ASSUME Cardinality(kSubset(2, 1..6)) = 15
ASSUME Choices({{1, 2}, {3}}) = {{1, 3}, {2, 3}}
ASSUME Choices({{1, 2}, {2, 3}}) = {{2}, {1, 2}, {1, 3}, {2, 3}}
ASSUME Choices({{1}, {}}) = {}
====
