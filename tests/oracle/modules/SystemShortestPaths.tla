---- MODULE SystemShortestPaths ----
EXTENDS SystemShortestPathsModel
N5 == 1..4
W == [e \in N5 \X N5 |-> LET a == e[1] b == e[2] IN IF a = b THEN 0 ELSE IF a + b = 6 THEN INF ELSE IF a + b > 6 THEN 1 ELSE ((a + b) % 4) + 1]
====
