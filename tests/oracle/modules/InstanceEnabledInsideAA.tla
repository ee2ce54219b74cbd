---- MODULE InstanceEnabledInsideAA ----
EXTENDS Naturals
VARIABLE h
Up == h' \in {h + 1, 77}
Base(v) == v' = 3
====
