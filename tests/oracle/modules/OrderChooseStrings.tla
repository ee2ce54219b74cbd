---- MODULE OrderChooseStrings ----
\* CHOOSE over strings takes the one that appears first in the text, not in the alphabet.
EXTENDS Naturals, FiniteSets
VARIABLES left, taken
Names == {"zeta", "beta", "alpha", "gamma"}
Init == left = Names /\ taken = <<>>
Next == /\ left # {}
        /\ LET first == CHOOSE name \in left : TRUE
           IN left' = left \ {first} /\ taken' = <<first>>
ZetaFirst == taken = <<"beta">> => "zeta" \notin left
AlphaThird == taken = <<"alpha">> => left = {"gamma"}
====
