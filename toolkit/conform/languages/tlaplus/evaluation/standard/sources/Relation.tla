------------------------------ MODULE Relation ------------------------------
(* Relations on a set S: functions R from S \X S to BOOLEAN, applied as R[x, y]. The operators whose
   names end in Under take a relation as an operator instead. *)
LOCAL INSTANCE FiniteSets

LOCAL AsFunction(op(_, _), S) == [x, y \in S |-> op(x, y)]

IsReflexive(R, S) == \A x \in S : R[x, x]
IsIrreflexive(R, S) == \A x \in S : ~ R[x, x]
IsSymmetric(R, S) == \A x, y \in S : R[x, y] <=> R[y, x]
IsAntiSymmetric(R, S) == \A x, y \in S : R[x, y] /\ R[y, x] => x = y
IsAsymmetric(R, S) == \A x, y \in S : ~ (R[x, y] /\ R[y, x])
IsTransitive(R, S) == \A x, y, z \in S : R[x, y] /\ R[y, z] => R[x, z]

IsStrictlyPartiallyOrdered(R, S) ==
  /\ IsIrreflexive(R, S)
  /\ IsAntiSymmetric(R, S)
  /\ IsTransitive(R, S)

IsPartiallyOrdered(R, S) ==
  /\ IsReflexive(R, S)
  /\ IsAntiSymmetric(R, S)
  /\ IsTransitive(R, S)

IsStrictlyTotallyOrdered(R, S) ==
  /\ IsStrictlyPartiallyOrdered(R, S)
  /\ \A x, y \in S : x # y => R[x, y] \/ R[y, x]

IsTotallyOrdered(R, S) ==
  /\ IsPartiallyOrdered(R, S)
  /\ \A x, y \in S : R[x, y] \/ R[y, x]

IsReflexiveUnder(op(_, _), S) == IsReflexive(AsFunction(op, S), S)
IsIrreflexiveUnder(op(_, _), S) == IsIrreflexive(AsFunction(op, S), S)
IsSymmetricUnder(op(_, _), S) == IsSymmetric(AsFunction(op, S), S)
IsAntiSymmetricUnder(op(_, _), S) == IsAntiSymmetric(AsFunction(op, S), S)
IsAsymmetricUnder(op(_, _), S) == IsAsymmetric(AsFunction(op, S), S)
IsTransitiveUnder(op(_, _), S) == IsTransitive(AsFunction(op, S), S)
IsStrictlyPartiallyOrderedUnder(op(_, _), S) == IsStrictlyPartiallyOrdered(AsFunction(op, S), S)
IsPartiallyOrderedUnder(op(_, _), S) == IsPartiallyOrdered(AsFunction(op, S), S)
IsStrictlyTotallyOrderedUnder(op(_, _), S) == IsStrictlyTotallyOrdered(AsFunction(op, S), S)
IsTotallyOrderedUnder(op(_, _), S) == IsTotallyOrdered(AsFunction(op, S), S)

\* The elements that one or more steps of R lead to from the elements of `from`.
LOCAL Reached(R, S, from) ==
  LET Next(T) == {y \in S : \E x \in T : R[x, y]}
      RECURSIVE Grown(_)
      Grown(T) == LET larger == T \cup Next(T)
                  IN  IF larger = T THEN T ELSE Grown(larger)
  IN  Grown(Next(from))

TransitiveClosure(R, S) ==
  LET reached == [x \in S |-> Reached(R, S, {x})]
  IN  [x, y \in S |-> y \in reached[x]]

ReflexiveTransitiveClosure(R, S) ==
  LET closure == TransitiveClosure(R, S)
  IN  [x, y \in S |-> x = y \/ closure[x, y]]

IsConnected(R, S) ==
  LET closure == ReflexiveTransitiveClosure(R, S)
  IN  \A x, y \in S : closure[x, y]
=============================================================================
