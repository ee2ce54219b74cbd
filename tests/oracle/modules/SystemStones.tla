---- MODULE SystemStones ----
\* Four stones that weigh everything up to W on a balance: one initial state, the answer is a trace or an assumption.
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS W, N
RECURSIVE Partitions(_, _)
\* all non-decreasing seq of n numbers, each at least the first of seq, that sum to wt, put before seq
Partitions(seq, wt) == IF Len(seq) = N THEN {seq}
   ELSE LET r == N - Len(seq)
            max == IF Len(seq) = 0 THEN wt ELSE Head(seq)
            S == {x \in 1..max : /\ (r * x) >= wt /\ (wt >= x + (r - 1))}
        IN UNION {Partitions(<<x>> \o seq, wt - x) : x \in S}
RECURSIVE Sum(_)
Sum(f) == LET F[i \in 0..N] == IF i = 0 THEN 0 ELSE F[i-1] + f[i] IN F[N]
IsRepresentation(w, p) == \E c \in [1..N -> {-1, 0, 1}] : w = Sum([i \in 1..N |-> c[i] * p[i]])
IsSolution(p) == \A w \in 1..W : IsRepresentation(w, p)
ASSUME /\ PrintT(Cardinality(Partitions(<<>>, W)))
       /\ \E p \in Partitions(<<>>, W) : IsSolution(p) /\ PrintT(p)
ASSUME LET Sols == {p \in Partitions(<<>>, W) : IsSolution(p)} IN PrintT(<<"solutions", Sols>>)
====
