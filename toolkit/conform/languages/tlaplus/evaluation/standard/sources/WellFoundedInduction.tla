------------------------ MODULE WellFoundedInduction ------------------------
(* Relations as sets of pairs without endless descent, and definitions by induction over them. *)
EXTENDS NaturalsInduction

SetLessThan(x, R, S) == {y \in S : <<y, x>> \in R}

IsWellFoundedOn(R, S) ==
  ~ \E f \in [Nat -> S] : \A n \in Nat : <<f[n + 1], f[n]>> \in R

IsTransitivelyClosedOn(R, S) ==
  \A x, y, z \in S : <<x, y>> \in R /\ <<y, z>> \in R => <<x, z>> \in R

OpToRel(op(_, _), S) == {pair \in S \X S : op(pair[1], pair[2])}

OpDefinesFcn(f, S, Def(_, _)) == f = CHOOSE g : g = [x \in S |-> Def(g, x)]

WFInductiveDefines(f, S, Def(_, _)) == f = [x \in S |-> Def(f, x)]

WFInductiveUnique(S, Def(_, _)) ==
  \A g, h : WFInductiveDefines(g, S, Def) /\ WFInductiveDefines(h, S, Def) => g = h

WFDefOn(R, S, Def(_, _)) ==
  \A g, h : \A x \in S : (\A y \in SetLessThan(x, R, S) : g[y] = h[y]) => Def(g, x) = Def(h, x)

TransitiveClosureOn(R, S) ==
  {pair \in S \X S :
     \A U \in SUBSET (S \X S) : R \cap (S \X S) \subseteq U /\ IsTransitivelyClosedOn(U, S)
                                  => pair \in U}

LexPairOrdering(R1, R2, S1, S2) ==
  {pair \in (S1 \X S2) \X (S1 \X S2) :
     \/ <<pair[1][1], pair[2][1]>> \in R1
     \/ pair[1][1] = pair[2][1] /\ <<pair[1][2], pair[2][2]>> \in R2}

LexProductOrdering(R, S, n) ==
  {pair \in [1 .. n -> S] \X [1 .. n -> S] :
     \E k \in 1 .. n : /\ \A i \in 1 .. (k - 1) : pair[1][i] = pair[2][i]
                       /\ <<pair[1][k], pair[2][k]>> \in R}

FiniteSubsetsOf(S) == {T \in SUBSET S : \E n \in Nat : \E f \in [1 .. n -> T] : T = {f[i] : i \in 1 .. n}}

StrictSubsetOrdering(S) ==
  {pair \in (SUBSET S) \X (SUBSET S) : pair[1] \subseteq pair[2] /\ pair[1] # pair[2]}
=============================================================================
