---- MODULE CommunityFolds ----
\* Folds: the base stands innermost, elements come in the order of CHOOSE.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  LET iter[s \in SUBSET S] ==
        IF s = {} THEN base ELSE LET x == choose(s) IN op(f(x), iter[s \ {x}])
  IN  iter[S]

\* Rows.
ASSUME MapThenFoldSet(LAMBDA x, y : x + y, 0, LAMBDA x : x, LAMBDA s : CHOOSE x \in s : TRUE, 1..4) = 10
ASSUME MapThenFoldSet(LAMBDA x, y : x - y, 0, LAMBDA x : x, LAMBDA s : CHOOSE x \in s : TRUE, 1..4) = -2
ASSUME MapThenFoldSet(LAMBDA x, y : x - y, 0, LAMBDA x : x, LAMBDA s : CHOOSE x \in s : \A y \in s : x >= y, 1..4) = 2
ASSUME MapThenFoldSet(LAMBDA x, y : <<x>> \o y, <<>>, LAMBDA x : x * x, LAMBDA s : CHOOSE x \in s : TRUE, {3, 1, 2}) = <<1, 4, 9>>
ASSUME MapThenFoldSet(LAMBDA x, y : x, 7, LAMBDA x : x, LAMBDA s : CHOOSE x \in s : TRUE, {}) = 7
ASSUME MapThenFoldSet(LAMBDA x, y : {x} \cup y, {}, LAMBDA x : x % 2, LAMBDA s : CHOOSE x \in s : TRUE, 1..5) = {0, 1}
====
