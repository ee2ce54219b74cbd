---- MODULE CommunityFunctions ----
\* Functions: ranges, restrictions, injections and folds.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  LET iter[s \in SUBSET S] ==
        IF s = {} THEN base ELSE LET x == choose(s) IN op(f(x), iter[s \ {x}])
  IN  iter[S]

Range(f) == {f[x] : x \in DOMAIN f}
Restrict(f, S) == [x \in S |-> f[x]]
RestrictDomain(f, Test(_)) == Restrict(f, {x \in DOMAIN f : Test(x)})
RestrictValues(f, Test(_)) == Restrict(f, {x \in DOMAIN f : Test(f[x])})
IsRestriction(f, g) == DOMAIN f \subseteq DOMAIN g /\ \A x \in DOMAIN f : f[x] = g[x]
Inverse(f, S, T) == [t \in T |-> CHOOSE s \in S : t \in Range(f) => f[s] = t]
AntiFunction(f) == Inverse(f, DOMAIN f, Range(f))
IsInjective(f) == \A x, y \in DOMAIN f : f[x] = f[y] => x = y
Injection(S, T) == {f \in [S -> T] : IsInjective(f)}
Surjection(S, T) == {f \in [S -> T] : Range(f) = T}
Bijection(S, T) == Injection(S, T) \cap Surjection(S, T)
ExistsInjection(S, T) == Injection(S, T) # {}
ExistsSurjection(S, T) == Surjection(S, T) # {}
ExistsBijection(S, T) == Bijection(S, T) # {}
FoldFunctionOnSet(op(_, _), base, f, S) ==
  MapThenFoldSet(op, base, LAMBDA x : f[x], LAMBDA s : CHOOSE x \in s : TRUE, S)
FoldFunction(op(_, _), base, f) == FoldFunctionOnSet(op, base, f, DOMAIN f)
SumFunction(f) == FoldFunction(LAMBDA x, y : x + y, 0, f)
SumFunctionOnSet(f, S) == FoldFunctionOnSet(LAMBDA x, y : x + y, 0, f, S)
Pointwise(Op(_, _), f, g) == [x \in DOMAIN f |-> Op(f[x], g[x])]

\* Rows.
ASSUME Range(<<1, 2, 1>>) = {1, 2}
ASSUME Range(<<>>) = {}
ASSUME Range([a |-> 1, b |-> 2]) = {1, 2}
ASSUME Restrict(<<5, 6, 7>>, {1, 2}) = <<5, 6>>
ASSUME Restrict(<<5, 6, 7>>, {3}) = (3 :> 7)
ASSUME Restrict(<<5>>, {}) = <<>>
ASSUME Restrict([a |-> 1, b |-> 2], {"b"}) = [b |-> 2]
ASSUME RestrictDomain(<<5, 6, 7>>, LAMBDA x : x > 1) = (2 :> 6 @@ 3 :> 7)
ASSUME RestrictDomain(<<5, 6, 7>>, LAMBDA x : x < 3) = <<5, 6>>
ASSUME RestrictValues(<<5, 6, 7>>, LAMBDA x : x = 6) = (2 :> 6)
ASSUME RestrictValues(<<5, 6, 7>>, LAMBDA x : FALSE) = <<>>
ASSUME IsRestriction(<<1>>, <<1, 2>>) = TRUE
ASSUME IsRestriction(<<2>>, <<1, 2>>) = FALSE
ASSUME IsRestriction(<<1, 2>>, <<1>>) = FALSE
ASSUME IsRestriction(<<>>, [a |-> 1]) = TRUE
ASSUME Inverse(<<4, 5>>, {1, 2}, {4, 5}) = (4 :> 1 @@ 5 :> 2)
ASSUME Inverse(<<4, 4>>, {1, 2}, {4}) = (4 :> 1)
ASSUME Inverse(<<4>>, {1}, {4, 9}) = (4 :> 1 @@ 9 :> 1)
ASSUME AntiFunction(<<"a", "b">>) = [a |-> 1, b |-> 2]
ASSUME AntiFunction(<<7, 7>>) = (7 :> 1)
ASSUME IsInjective(<<1, 2>>) = TRUE
ASSUME IsInjective(<<1, 1>>) = FALSE
ASSUME IsInjective(<<>>) = TRUE
ASSUME Injection({1, 2}, {3, 4}) = {<<3, 4>>, <<4, 3>>}
ASSUME Injection({1, 2}, {3}) = {}
ASSUME Injection({}, {3}) = {<<>>}
ASSUME Surjection({1, 2}, {3}) = {<<3, 3>>}
ASSUME Surjection({1}, {3, 4}) = {}
ASSUME Surjection({}, {}) = {<<>>}
ASSUME Cardinality(Surjection(1..3, 1..2)) = 6
ASSUME Bijection({1, 2}, {3, 4}) = {<<3, 4>>, <<4, 3>>}
ASSUME Bijection({1, 2}, {3}) = {}
ASSUME ExistsInjection({1, 2}, {3}) = FALSE
ASSUME ExistsInjection({1}, {3, 4}) = TRUE
ASSUME ExistsSurjection({1, 2}, {3}) = TRUE
ASSUME ExistsSurjection({1}, {}) = FALSE
ASSUME ExistsSurjection({}, {}) = TRUE
ASSUME ExistsBijection({1, 2}, {3, 4}) = TRUE
ASSUME ExistsBijection({1, 2}, {3}) = FALSE
ASSUME FoldFunction(LAMBDA x, y : x - y, 0, <<10, 3, 2>>) = 9
ASSUME FoldFunction(LAMBDA x, y : <<x>> \o y, <<>>, [a |-> 1]) = <<1>>
ASSUME FoldFunction(LAMBDA x, y : x + y, 3, <<>>) = 3
ASSUME FoldFunction(LAMBDA x, y : x, 0, [zz |-> 1, aa |-> 2]) = [zz |-> 1, aa |-> 2][CHOOSE s \in {"zz", "aa"} : TRUE]
ASSUME FoldFunctionOnSet(LAMBDA x, y : x - y, 0, <<10, 3, 2>>, {1, 3}) = 8
ASSUME FoldFunctionOnSet(LAMBDA x, y : x + y, 3, <<10>>, {}) = 3
ASSUME SumFunction(<<1, 2, 3>>) = 6
ASSUME SumFunction(<<>>) = 0
ASSUME SumFunctionOnSet(<<1, 2, 3>>, {1, 3}) = 4
ASSUME Pointwise(LAMBDA x, y : x + y, <<1, 2>>, <<10, 20>>) = <<11, 22>>
ASSUME Pointwise(LAMBDA x, y : <<x, y>>, [a |-> 1], [a |-> 2, b |-> 3]) = [a |-> <<1, 2>>]
====
