---- MODULE SystemTwoClocks ----
EXTENDS Integers
CONSTANT H
VARIABLES a, b, bits
LOCAL A == INSTANCE SystemTwoClocksHour WITH hr <- a
B == INSTANCE SystemTwoClocksHour WITH hr <- b, H <- 4
\* two clocks composed as conjunction with interleaving
Init == A!HCini /\ B!HCini /\ bits = [i \in 0..2 |-> (a \div 2^i) % 2]
BitsOf(n) == [i \in 0..2 |-> (n \div (2^i)) % 2]
val == bits[0] + 2 * bits[1] + 4 * bits[2]
ANext == A!HCnxt /\ bits' = BitsOf(a') /\ UNCHANGED b
BNext == B!HCnxt /\ UNCHANGED <<a, bits>>
Both == A!HCnxt /\ B!HCnxt /\ bits' = BitsOf(a')
Next == ANext \/ BNext \/ Both
vars == <<a, b, bits>>
Spec == Init /\ [][Next]_vars /\ WF_a(ANext \/ Both) /\ WF_b(BNext \/ Both)
BH == INSTANCE SystemTwoClocksHour WITH hr <- val
PA == A!LHC
PB == B!LHC
PBit == BH!LHC
Alw == \A i \in 1..H : []<>(a = i)
Together == []<>(a = 1 /\ b = 1)
====
