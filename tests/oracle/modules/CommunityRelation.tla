---- MODULE CommunityRelation ----
\* Relation: properties of relations, and their closures, step by step.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
IsReflexive(R, S) == \A x \in S : R[x, x]
IsIrreflexive(R, S) == \A x \in S : ~ R[x, x]
IsSymmetric(R, S) == \A x, y \in S : R[x, y] = R[y, x]
IsAntiSymmetric(R, S) == \A x, y \in S : R[x, y] /\ R[y, x] => x = y
IsAsymmetric(R, S) == \A x, y \in S : R[x, y] => ~ R[y, x]
IsTransitive(R, S) == \A x, y, z \in S : R[x, y] /\ R[y, z] => R[x, z]
Walks(S) == UNION {[1 .. n -> S] : n \in 2 .. Cardinality(S) + 1}
TransitiveClosure(R, S) ==
  [x, y \in S |-> \E w \in Walks(S) : /\ w[1] = x /\ w[Len(w)] = y
                                      /\ \A i \in 1 .. Len(w) - 1 : R[w[i], w[i + 1]]]
ReflexiveTransitiveClosure(R, S) == [x, y \in S |-> x = y \/ TransitiveClosure(R, S)[x, y]]
IsConnected(R, S) == \A x, y \in S : ReflexiveTransitiveClosure(R, S)[x, y]
IsReflexiveUnder(op(_, _), S) == \A x \in S : op(x, x)
IsTransitiveUnder(op(_, _), S) == \A x, y, z \in S : op(x, y) /\ op(y, z) => op(x, z)
IsTotallyOrderedUnder(op(_, _), S) ==
  /\ IsTransitiveUnder(op, S)
  /\ \A x, y \in S : (op(x, y) \/ op(y, x)) /\ (op(x, y) /\ op(y, x) => x = y)

\* Rows.
ASSUME IsReflexive([x, y \in 1..3 |-> x <= y], 1..3) = TRUE
ASSUME IsReflexive([x, y \in 1..3 |-> x < y], 1..3) = FALSE
ASSUME IsIrreflexive([x, y \in 1..3 |-> x < y], 1..3) = TRUE
ASSUME IsSymmetric([x, y \in 1..3 |-> x + y = 4], 1..3) = TRUE
ASSUME IsSymmetric([x, y \in 1..3 |-> x < y], 1..3) = FALSE
ASSUME IsAntiSymmetric([x, y \in 1..3 |-> x <= y], 1..3) = TRUE
ASSUME IsAsymmetric([x, y \in 1..3 |-> x < y], 1..3) = TRUE
ASSUME IsAsymmetric([x, y \in 1..3 |-> x <= y], 1..3) = FALSE
ASSUME IsTransitive([x, y \in 1..3 |-> x < y], 1..3) = TRUE
ASSUME IsTransitive([x, y \in 1..3 |-> y = x + 1], 1..3) = FALSE
ASSUME TransitiveClosure([x, y \in 1..3 |-> y = x + 1], 1..3) = [x, y \in 1..3 |-> x < y]
ASSUME TransitiveClosure([x, y \in 1..3 |-> y = (x % 3) + 1], 1..3) = [x, y \in 1..3 |-> TRUE]
ASSUME TransitiveClosure([x, y \in 1..2 |-> FALSE], 1..2) = [x, y \in 1..2 |-> FALSE]
ASSUME ReflexiveTransitiveClosure([x, y \in 1..3 |-> y = x + 1], 1..3) = [x, y \in 1..3 |-> x <= y]
ASSUME IsConnected([x, y \in 1..3 |-> y = (x % 3) + 1], 1..3) = TRUE
ASSUME IsConnected([x, y \in 1..3 |-> x < y], 1..3) = FALSE
ASSUME IsReflexiveUnder(<=, 1..3) = TRUE
ASSUME IsReflexiveUnder(<, 1..3) = FALSE
ASSUME IsTransitiveUnder(LAMBDA x, y : x # y, 1..3) = FALSE
ASSUME IsTotallyOrderedUnder(<=, 1..3) = TRUE
ASSUME IsTotallyOrderedUnder(\subseteq, SUBSET {1, 2}) = FALSE
====
