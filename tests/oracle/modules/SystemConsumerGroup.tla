---- MODULE SystemConsumerGroup ----
EXTENDS SystemConsumerGroupModel
CONSTANTS c1, c2, p1, p2
MCMember == {c1, c2}
MCPartition == {p1, p2}
RECURSIVE Deal(_, _, _)
Deal(ms, ps, acc) ==
  IF ps = {} THEN acc
  ELSE LET p == CHOOSE p \in ps : TRUE
           load(m) == Cardinality({q \in DOMAIN acc : acc[q] = m})
           m == CHOOSE m \in ms : \A n \in ms : load(m) <= load(n)
       IN Deal(ms, ps \ {p}, (p :> m) @@ acc)
RoundRobin(ms, ps) == Deal(ms, ps, <<>>)
LogShort == Len(log) <= 2
View == <<coord, member, net, offsets>>
====
