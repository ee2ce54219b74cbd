---- MODULE SystemDirectoryMemory ----
CONSTANTS Addr, Val
VARIABLE m
Init == \E v \in Val : m = [a \in Addr |-> v]
Write(a, v) == m' = [m EXCEPT ![a] = v]
Spec == Init /\ [][\E a \in Addr, v \in Val : Write(a, v)]_m
====
