---- MODULE SystemReconfiguration ----
EXTENDS SystemReconfigurationModel
CONSTANTS s1, s2, s3, v1
MCServer == {s1, s2, s3}
MCInitial == {s1, s2}
MCValue == {v1}
Limit == Cardinality(msgs) <= 3 /\ Cardinality({e.term : e \in elections}) <= 2
====
