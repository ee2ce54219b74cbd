---- MODULE InstanceParameterDynamic ----
\* The argument of an instance is bound by a quantifier over a set of the state.
EXTENDS Naturals
VARIABLES f, S
P(i) == INSTANCE InstanceParameterDynamicA WITH x <- f, me <- i
Init == f = [j \in 1..3 |-> 0] /\ S = {1}
Next == (\E i \in S : P(i)!Inc /\ S' = S) \/ (\E i \in 1..3 : i \notin S /\ S' = S \cup {i} /\ UNCHANGED f)
Inv == \A i \in S : P(i)!Ok(S)
====
