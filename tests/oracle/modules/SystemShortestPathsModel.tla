---- MODULE SystemShortestPathsModel ----
EXTENDS Integers, FiniteSets
CONSTANTS Nodes, Root, Weight, INF
ASSUME Root \in Nodes /\ Weight \in [Nodes \X Nodes -> 0..INF]
VARIABLES dist, parent, mail
vars == <<dist, parent, mail>>
Nbrs(n) == {m \in Nodes : m # n /\ Weight[n, m] < INF}
Init == /\ dist = [n \in Nodes |-> IF n = Root THEN 0 ELSE INF]
        /\ parent = [n \in Nodes |-> n]
        /\ mail = {[to |-> m, from |-> Root, d |-> Weight[Root, m]] : m \in Nbrs(Root)}
Recv == \E m \in mail :
  IF m.d < dist[m.to]
  THEN /\ dist' = [dist EXCEPT ![m.to] = m.d]
       /\ parent' = [parent EXCEPT ![m.to] = m.from]
       /\ mail' = (mail \ {m}) \cup {[to |-> k, from |-> m.to, d |-> m.d + Weight[m.to, k]] : k \in Nbrs(m.to) \ {m.from}}
  ELSE mail' = mail \ {m} /\ UNCHANGED <<dist, parent>>
Spec == Init /\ [][Recv]_vars /\ WF_vars(Recv)
True == LET R[k \in Nat] == IF k = 0 THEN [n \in Nodes |-> IF n = Root THEN 0 ELSE INF]
                            ELSE [n \in Nodes |-> LET S == {R[k-1][n]} \cup {R[k-1][m] + Weight[m, n] : m \in Nbrs(n)} IN CHOOSE x \in S : \A y \in S : x <= y]
        IN R[Cardinality(Nodes) - 1]
Upper == \A n \in Nodes : dist[n] >= True[n]
Done == mail = {} => dist = True
Ends == <>[](dist = True)
ParentOK == \A n \in Nodes \ {Root} : parent[n] # n => dist[parent[n]] + Weight[parent[n], n] <= dist[n]
====
