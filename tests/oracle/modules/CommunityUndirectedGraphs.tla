---- MODULE CommunityUndirectedGraphs ----
\* UndirectedGraphs: paths and components, by trying all sequences of nodes.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
Walks(S) == UNION {[1 .. n -> S] : n \in 1 .. Cardinality(S)}
SimplePath(G) ==
  {p \in Walks(G.node) : /\ \A i, j \in 1 .. Len(p) : p[i] = p[j] => i = j
                         /\ \A i \in 1 .. Len(p) - 1 : {p[i], p[i + 1]} \in G.edge}
Path(G) ==
  {p \in Seq(G.node) : p # <<>> /\ \A i \in 1 .. Len(p) - 1 : {p[i], p[i + 1]} \in G.edge}
AreConnectedIn(m, n, G) == \E p \in SimplePath(G) : p[1] = m /\ p[Len(p)] = n
IsStronglyConnected(G) == \A m, n \in G.node : AreConnectedIn(m, n, G)

IsUndirectedGraph(G) ==
  DOMAIN G = {"node", "edge"} /\ \A e \in G.edge : e \in {{m, n} : m, n \in G.node}
IsLoopFreeUndirectedGraph(G) == IsUndirectedGraph(G) /\ \A e \in G.edge : Cardinality(e) # 1
ConnectedComponents(G) == {{n \in G.node : AreConnectedIn(m, n, G)} : m \in G.node}

\* Rows.
ASSUME IsUndirectedGraph([node |-> {1, 2}, edge |-> {{1, 2}, {1}}]) = TRUE
ASSUME IsUndirectedGraph([node |-> {1, 2}, edge |-> {{1, 3}}]) = FALSE
ASSUME IsLoopFreeUndirectedGraph([node |-> {1, 2}, edge |-> {{1, 2}, {1}}]) = FALSE
ASSUME IsLoopFreeUndirectedGraph([node |-> {1, 2}, edge |-> {{1, 2}}]) = TRUE
ASSUME SimplePath([node |-> {1, 2}, edge |-> {{1, 2}}]) = {<<1>>, <<2>>, <<1, 2>>, <<2, 1>>}
ASSUME <<1, 2, 1>> \in Path([node |-> {1, 2}, edge |-> {{1, 2}}])
ASSUME ConnectedComponents([node |-> 1..4, edge |-> {{1, 2}, {3, 4}}]) = {{1, 2}, {3, 4}}
ASSUME ConnectedComponents([node |-> 1..2, edge |-> {}]) = {{1}, {2}}
ASSUME ConnectedComponents([node |-> {}, edge |-> {}]) = {}
ASSUME AreConnectedIn(1, 3, [node |-> 1..3, edge |-> {{1, 2}, {2, 3}}]) = TRUE
ASSUME AreConnectedIn(1, 3, [node |-> 1..3, edge |-> {{1, 2}}]) = FALSE
ASSUME IsStronglyConnected([node |-> 1..3, edge |-> {{1, 2}, {2, 3}}]) = TRUE
ASSUME IsStronglyConnected([node |-> 1..3, edge |-> {{1, 2}}]) = FALSE
====
