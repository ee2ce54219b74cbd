---- MODULE RefinementLayers ----
\* Three layers: the instance of an instance.
EXTENDS Naturals, Sequences
VARIABLES buf, sent, hist
vars == <<buf, sent, hist>>
Init == buf = <<>> /\ sent = 0 /\ hist = <<>>
Produce == sent < 3 /\ buf' = Append(buf, sent) /\ sent' = sent + 1 /\ hist' = hist
Consume == buf # <<>> /\ hist' = Append(hist, Head(buf)) /\ buf' = Tail(buf) /\ UNCHANGED sent
Done == sent = 3 /\ buf = <<>> /\ UNCHANGED vars
Next == Produce \/ Consume \/ Done
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
L2 == INSTANCE RefinementLayersLayer2 WITH count <- Len(hist), pending <- Len(buf)
P2 == L2!Spec
P1 == L2!L1!Spec
P1b == L2!Ref
Ends == L2!L1!Ends
====
