-------------------------- MODULE UndirectedGraphs --------------------------
(* Undirected graphs: records with a set of nodes, `node`, and a set of sets of the two ends of an
   edge, `edge`. A loop is a set of one node. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

IsUndirectedGraph(G) ==
  /\ G = [node |-> G.node, edge |-> G.edge]
  /\ \A e \in G.edge : \E m, n \in G.node : e = {m, n}

IsLoopFreeUndirectedGraph(G) ==
  /\ IsUndirectedGraph(G)
  /\ \A e \in G.edge : Cardinality(e) = 2

UndirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsUndirectedGraph(H)}

Path(G) ==
  {p \in Seq(G.node) :
     /\ p # << >>
     /\ \A i \in 1 .. (Len(p) - 1) : {p[i], p[i + 1]} \in G.edge}

\* Paths that meet no node twice, made longer edge by edge.
SimplePath(G) ==
  LET Fresh(p) == {n \in G.node : /\ {p[Len(p)], n} \in G.edge
                                  /\ \A i \in 1 .. Len(p) : p[i] # n}
      Longer(paths) == UNION {{Append(p, n) : n \in Fresh(p)} : p \in paths}
      RECURSIVE From(_)
      From(paths) == IF paths = {} THEN {} ELSE paths \cup From(Longer(paths))
  IN  From({<<n>> : n \in G.node})

\* The nodes that a path from m leads to; m is one of them.
LOCAL Component(m, G) ==
  LET RECURSIVE Grown(_)
      Grown(S) == LET larger == S \cup {n \in G.node : \E s \in S : {s, n} \in G.edge}
                  IN  IF larger = S THEN S ELSE Grown(larger)
  IN  Grown({m} \cap G.node)

ConnectedComponents(G) == {Component(m, G) : m \in G.node}

AreConnectedIn(m, n, G) == n \in Component(m, G)

IsStronglyConnected(G) == \A m, n \in G.node : AreConnectedIn(m, n, G)
=============================================================================
