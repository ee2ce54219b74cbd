---- MODULE OrderChooseNames ----
\* A string that is also a name in the text has the place of the name.
EXTENDS Naturals
VARIABLES gamma, x
Choice == CHOOSE name \in {"beta", "gamma", "alpha"} : TRUE
Init == gamma = 0 /\ x = Choice
Next == UNCHANGED <<gamma, x>>
GammaFirst == x = "gamma"
====
