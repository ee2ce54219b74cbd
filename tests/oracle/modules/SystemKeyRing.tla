---- MODULE SystemKeyRing ----
EXTENDS Naturals, FiniteSets
CONSTANTS M, Base
Ids == 0..(M - 1)
VARIABLES succ, pred, alive
vars == <<succ, pred, alive>>
Nil == M
Between(a, x, b) == IF a < b THEN a < x /\ x < b ELSE x > a \/ x < b
Init == /\ alive = Base
        /\ succ = [i \in Ids |-> IF i \in Base THEN CHOOSE j \in Base : /\ (j # i \/ Base = {i}) /\ \A k \in Base \ {i} : ~Between(i, k, j) ELSE Nil]
        /\ pred = [i \in Ids |-> IF i \in Base THEN CHOOSE j \in Base : /\ (j # i \/ Base = {i}) /\ \A k \in Base \ {i} : ~Between(j, k, i) ELSE Nil]
Join(n) == /\ n \notin alive
           /\ \E a \in alive : Between(a, n, succ[a]) /\ succ' = [succ EXCEPT ![n] = succ[a]]
           /\ alive' = alive \cup {n}
           /\ pred' = [pred EXCEPT ![n] = Nil]
Stabilize(n) == /\ n \in alive
                /\ LET s == succ[n] x == pred[s] IN
                     /\ succ' = IF x # Nil /\ x \in alive /\ Between(n, x, s) THEN [succ EXCEPT ![n] = x] ELSE succ
                     /\ LET t == succ'[n] IN
                        pred' = IF pred[t] = Nil \/ Between(pred[t], n, t) THEN [pred EXCEPT ![t] = n] ELSE pred
                /\ UNCHANGED alive
Next == \E n \in Ids : Join(n) \/ Stabilize(n)
Spec == Init /\ [][Next]_vars /\ \A n \in Ids : WF_vars(Stabilize(n))
RECURSIVE Reach(_, _)
Reach(n, seen) == IF succ[n] \in seen THEN seen ELSE Reach(succ[n], seen \cup {succ[n]})
OneRing == \A n \in Base : Base \subseteq Reach(n, {n})
Ideal == \A n \in alive : \A k \in alive \ {n} : ~Between(n, k, succ[n])
Converges == <>[](\A n \in alive : \A k \in alive \ {n} : ~Between(n, k, succ[n]))
====
