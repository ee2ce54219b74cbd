---- MODULE InstanceStandard ----
\* Standard modules by INSTANCE: unnamed, LOCAL and named.
LOCAL INSTANCE Naturals
INSTANCE Sequences
F == INSTANCE FiniteSets
N == INSTANCE Integers
VARIABLE x
Init == x = <<>>
Next == /\ Len(x) < 2
        /\ \E n \in 0 .. N!-.(N!-.(F!Cardinality({3, 4}))) : x' = Append(x, N!+(n, 1))
====
