---- MODULE CommunityVectorClocks ----
\* VectorClocks: no event before its causes.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
Before(v, w) == (\A n \in DOMAIN v : v[n] <= w[n]) /\ v # w
IsCausalOrder(log, clock(_)) ==
  \A i, j \in 1 .. Len(log) : i < j => ~ Before(clock(log[j]), clock(log[i]))

\* Rows.
ASSUME IsCausalOrder(<<<<1, 0>>, <<1, 1>>>>, LAMBDA e : e) = TRUE
ASSUME IsCausalOrder(<<<<1, 1>>, <<1, 0>>>>, LAMBDA e : e) = FALSE
ASSUME IsCausalOrder(<<<<1, 0>>, <<0, 1>>>>, LAMBDA e : e) = TRUE
ASSUME IsCausalOrder(<<>>, LAMBDA e : e) = TRUE
ASSUME IsCausalOrder(<<[vc |-> <<2, 1>>], [vc |-> <<1, 1>>]>>, LAMBDA e : e.vc) = FALSE
====
