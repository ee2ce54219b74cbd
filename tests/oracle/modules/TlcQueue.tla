---- MODULE TlcQueue ----
\* What waits to be expanded: neither the state that is expanded, nor the one that is checked.
EXTENDS Naturals, TLC
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x < 3 /\ x' = x + 1 /\ y' \in 0..1
Waiting == TLCGet("queue") = CASE x = 0 -> 1 [] x = 1 -> y [] OTHER -> 1 + y
====
