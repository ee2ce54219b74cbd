---- MODULE TlcPrint ----
\* Print gives its second argument, PrintT gives TRUE.
EXTENDS Naturals, TLC
VARIABLE x
Init == x \in {1, 2} /\ PrintT(<<"starting", x>>)
Next == x' = Print("next", 3 - x)
====
