---- MODULE InstanceEnabledInsideA ----
EXTENDS Naturals, InstanceEnabledInsideAA
E == ENABLED Up
F(x) == ENABLED (Up /\ h' = h + 1 /\ x < 5)
G == ENABLED (h > 2 /\ Base(h))
L == LET P(z) == h' = z IN \A q \in 1..2 : ENABLED P(q + h)
====
