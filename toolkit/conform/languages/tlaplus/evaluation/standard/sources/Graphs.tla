------------------------------- MODULE Graphs -------------------------------
(* Directed graphs: records with a set of nodes, `node`, and a set of pairs of nodes, `edge`. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

IsDirectedGraph(G) ==
  /\ G = [node |-> G.node, edge |-> G.edge]
  /\ G.edge \subseteq (G.node \X G.node)

DirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsDirectedGraph(H)}

Transpose(G) == [G EXCEPT !.edge = {<<pair[2], pair[1]>> : pair \in @}]

Path(G) ==
  {p \in Seq(G.node) :
     /\ p # << >>
     /\ \A i \in 1 .. (Len(p) - 1) : <<p[i], p[i + 1]>> \in G.edge}

\* Paths that meet no node twice, made longer edge by edge.
SimplePath(G) ==
  LET Fresh(p) == {n \in G.node : /\ <<p[Len(p)], n>> \in G.edge
                                  /\ \A i \in 1 .. Len(p) : p[i] # n}
      Longer(paths) == UNION {{Append(p, n) : n \in Fresh(p)} : p \in paths}
      RECURSIVE From(_)
      From(paths) == IF paths = {} THEN {} ELSE paths \cup From(Longer(paths))
  IN  From({<<n>> : n \in G.node})

\* The nodes that a path from m leads to; m is one of them.
LOCAL Reachable(m, G) ==
  LET RECURSIVE Grown(_)
      Grown(S) == LET larger == S \cup {n \in G.node : \E s \in S : <<s, n>> \in G.edge}
                  IN  IF larger = S THEN S ELSE Grown(larger)
  IN  Grown({m} \cap G.node)

AreConnectedIn(m, n, G) == n \in Reachable(m, G)

ConnectionsIn(G) ==
  LET reachable == [m \in G.node |-> Reachable(m, G)]
  IN  [m, n \in G.node |-> n \in reachable[m]]

IsStronglyConnected(G) == \A m, n \in G.node : AreConnectedIn(m, n, G)

\* Edges lead from each node to its parent.
IsTreeWithRoot(G, r) ==
  /\ IsDirectedGraph(G)
  /\ r \in G.node
  /\ \A e \in G.edge : e[1] # r /\ \A f \in G.edge : e[1] = f[1] => e = f
  /\ \A n \in G.node : AreConnectedIn(n, r, G)

IsBipartiteWithPartitions(G, U, V) ==
  /\ U \cap V = {}
  /\ U \cup V = G.node
  /\ \A e \in G.edge : (e[1] \in U /\ e[2] \in V) \/ (e[1] \in V /\ e[2] \in U)
=============================================================================
