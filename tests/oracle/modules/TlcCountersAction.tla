---- MODULE TlcCountersAction ----
\* TLCGet: distinct states and the diameter, as they are while a state is expanded.
EXTENDS Naturals, TLC
VARIABLES x, seen
Init == x \in 0..1 /\ seen = <<>>
Next == x < 4 /\ x' = x + 1 /\ seen' = <<TLCGet("distinct"), TLCGet("diameter"), TLCGet("queue")>>
====
