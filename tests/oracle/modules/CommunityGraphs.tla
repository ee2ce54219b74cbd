---- MODULE CommunityGraphs ----
\* Graphs: what paths there are, by trying all sequences of nodes.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
Walks(S) == UNION {[1 .. n -> S] : n \in 1 .. Cardinality(S)}
SimplePath(G) ==
  {p \in Walks(G.node) : /\ \A i, j \in 1 .. Len(p) : p[i] = p[j] => i = j
                         /\ \A i \in 1 .. Len(p) - 1 : <<p[i], p[i + 1]>> \in G.edge}
Path(G) ==
  {p \in Seq(G.node) : p # <<>> /\ \A i \in 1 .. Len(p) - 1 : <<p[i], p[i + 1]>> \in G.edge}
AreConnectedIn(m, n, G) == \E p \in SimplePath(G) : p[1] = m /\ p[Len(p)] = n
IsStronglyConnected(G) == \A m, n \in G.node : AreConnectedIn(m, n, G)

IsDirectedGraph(G) == DOMAIN G = {"node", "edge"} /\ G.edge \subseteq G.node \X G.node
DirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET (G.node \X G.node)] :
     H.edge \subseteq G.edge /\ H.edge \subseteq H.node \X H.node}
Transpose(G) == [node |-> G.node, edge |-> {<<e[2], e[1]>> : e \in G.edge}]
ConnectionsIn(G) == [m, n \in G.node |-> AreConnectedIn(m, n, G)]
IsTreeWithRoot(G, r) ==
  /\ r \in G.node
  /\ \A n \in G.node : Cardinality({e \in G.edge : e[1] = n}) = IF n = r THEN 0 ELSE 1
  /\ \A n \in G.node : AreConnectedIn(n, r, G)

\* Rows.
ASSUME IsDirectedGraph([node |-> {1, 2}, edge |-> {<<1, 2>>}]) = TRUE
ASSUME IsDirectedGraph([node |-> {1}, edge |-> {<<1, 2>>}]) = FALSE
ASSUME IsDirectedGraph([node |-> {}, edge |-> {}]) = TRUE
ASSUME DirectedSubgraph([node |-> {1}, edge |-> {<<1, 1>>}]) = {[node |-> {}, edge |-> {}], [node |-> {1}, edge |-> {}], [node |-> {1}, edge |-> {<<1, 1>>}]}
ASSUME Transpose([node |-> {1, 2}, edge |-> {<<1, 2>>}]) = [node |-> {1, 2}, edge |-> {<<2, 1>>}]
ASSUME SimplePath([node |-> {1, 2}, edge |-> {<<1, 2>>}]) = {<<1>>, <<2>>, <<1, 2>>}
ASSUME SimplePath([node |-> {1, 2}, edge |-> {<<1, 2>>, <<2, 1>>, <<1, 1>>}]) = {<<1>>, <<2>>, <<1, 2>>, <<2, 1>>}
ASSUME SimplePath([node |-> {}, edge |-> {}]) = {}
ASSUME <<1, 1, 1>> \in Path([node |-> {1}, edge |-> {<<1, 1>>}])
ASSUME <<>> \notin Path([node |-> {1}, edge |-> {<<1, 1>>}])
ASSUME AreConnectedIn(1, 3, [node |-> 1..3, edge |-> {<<1, 2>>, <<2, 3>>}]) = TRUE
ASSUME AreConnectedIn(3, 1, [node |-> 1..3, edge |-> {<<1, 2>>, <<2, 3>>}]) = FALSE
ASSUME AreConnectedIn(2, 2, [node |-> 1..3, edge |-> {}]) = TRUE
ASSUME AreConnectedIn(7, 7, [node |-> 1..3, edge |-> {}]) = FALSE
ASSUME ConnectionsIn([node |-> {1, 2}, edge |-> {<<1, 2>>}]) = [m, n \in {1, 2} |-> m <= n]
ASSUME IsStronglyConnected([node |-> 1..3, edge |-> {<<1, 2>>, <<2, 3>>, <<3, 1>>}]) = TRUE
ASSUME IsStronglyConnected([node |-> 1..3, edge |-> {<<1, 2>>, <<2, 3>>}]) = FALSE
ASSUME IsTreeWithRoot([node |-> 1..3, edge |-> {<<2, 1>>, <<3, 1>>}], 1) = TRUE
ASSUME IsTreeWithRoot([node |-> 1..3, edge |-> {<<1, 2>>, <<1, 3>>}], 1) = FALSE
ASSUME IsTreeWithRoot([node |-> 1..3, edge |-> {<<2, 1>>}], 1) = FALSE
====
