---- MODULE SystemTwoClocksHour ----
EXTENDS Naturals
CONSTANT H
VARIABLE hr
HCini == hr \in 1..H
HCnxt == hr' = IF hr # H THEN hr + 1 ELSE 1
SystemTwoClocksHour == HCini /\ [][HCnxt]_hr
LHC == SystemTwoClocksHour /\ WF_hr(HCnxt)
====
