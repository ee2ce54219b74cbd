---- MODULE RefinementAlternatingBit ----
\* The alternating bit protocol refines its specification.
EXTENDS Integers, Sequences
CONSTANT Data
VARIABLES AVar, BVar, AtoB, BtoA
vars == <<AVar, BVar, AtoB, BtoA>>
Init == AVar \in Data \X {1} /\ BVar = AVar /\ AtoB = <<>> /\ BtoA = <<>>
ASnd == AtoB' = Append(AtoB, AVar) /\ UNCHANGED <<AVar, BtoA, BVar>>
ARcv == /\ BtoA # <<>>
        /\ IF Head(BtoA) = AVar[2] THEN \E d \in Data : AVar' = <<d, 1 - AVar[2]>> ELSE AVar' = AVar
        /\ BtoA' = Tail(BtoA) /\ UNCHANGED <<AtoB, BVar>>
BSnd == BtoA' = Append(BtoA, BVar[2]) /\ UNCHANGED <<AVar, BVar, AtoB>>
BRcv == /\ AtoB # <<>>
        /\ IF Head(AtoB)[2] # BVar[2] THEN BVar' = Head(AtoB) ELSE BVar' = BVar
        /\ AtoB' = Tail(AtoB) /\ UNCHANGED <<AVar, BtoA>>
Remove(i, seq) == [j \in 1 .. (Len(seq) - 1) |-> IF j < i THEN seq[j] ELSE seq[j + 1]]
Lose == \/ (\E i \in 1 .. Len(AtoB) : AtoB' = Remove(i, AtoB) /\ BtoA' = BtoA) /\ UNCHANGED <<AVar, BVar>>
        \/ (\E i \in 1 .. Len(BtoA) : BtoA' = Remove(i, BtoA) /\ AtoB' = AtoB) /\ UNCHANGED <<AVar, BVar>>
Next == ASnd \/ ARcv \/ BSnd \/ BRcv \/ Lose
Spec == Init /\ [][Next]_vars
FairSpec == Spec /\ SF_vars(ARcv) /\ SF_vars(BRcv) /\ WF_vars(ASnd) /\ WF_vars(BSnd)
ABS == INSTANCE RefinementAlternatingBitABSpec
Ref == ABS!Spec
RefF == ABS!FairSpec
Con == Len(AtoB) < 3 /\ Len(BtoA) < 3
Inv == ABS!TypeOK
====
