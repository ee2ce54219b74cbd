---- MODULE SystemHanoi ----
EXTENDS Naturals, Sequences, FiniteSets
CONSTANT D, T
VARIABLE towers
Range(s) == {s[i] : i \in DOMAIN s}
Inv == \A t \in DOMAIN towers : \A i, j \in 1..Len(towers[t]) : i < j => towers[t][i] > towers[t][j]
Init == towers = [t \in 1..T |-> IF t = 1 THEN [i \in 1..D |-> D - i + 1] ELSE <<>>]
Top(s) == s[Len(s)]
CanMove(from, to) == /\ from # to /\ towers[from] # <<>>
                     /\ IF towers[to] = <<>> THEN TRUE ELSE Top(towers[from]) < Top(towers[to])
Move(from, to) == /\ CanMove(from, to)
                  /\ towers' = [towers EXCEPT ![from] = SubSeq(@, 1, Len(@) - 1), ![to] = Append(@, Top(towers[from]))]
Next == \E a, b \in 1..T : Move(a, b)
Spec == Init /\ [][Next]_towers
NotSolved == Len(towers[T]) < D
AllDisks == UNION {Range(towers[t]) : t \in 1..T} = 1..D
====
