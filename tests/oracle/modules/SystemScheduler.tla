---- MODULE SystemScheduler ----
EXTENDS SystemSchedulerModel
CONSTANTS p1, p2, p3, n1, n2
MCCap == (n1 :> 2) @@ (n2 :> 1)
MCNeed == [p \in {p1, p2, p3} |-> IF p = p3 THEN 2 ELSE 1]
FewEvents == Len(events) <= 4
====
