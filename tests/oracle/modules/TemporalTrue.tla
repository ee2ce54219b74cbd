---- MODULE TemporalTrue ----
\* `<>TRUE` holds of every behaviour; `<>(x < 3)`, which TemporalEverywhere checks, is as true.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = (x + 1) % 3
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Holds == <>TRUE
====
