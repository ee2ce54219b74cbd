---- MODULE RefinementExpression ----
\* A variable is substituted by an expression, which a prime distributes over.
EXTENDS Naturals
VARIABLES t
Init == t = 0
Next == t' = (t + 1) % 12
Spec == Init /\ [][Next]_t /\ WF_t(Next)
H == INSTANCE RefinementExpressionA WITH h <- t \div 3
HSpec == H!Spec
HLive == H!Live
====
