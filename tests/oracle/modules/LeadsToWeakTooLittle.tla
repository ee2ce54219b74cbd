---- MODULE LeadsToWeakTooLittle ----
\* Weak fairness of an action that is enabled again and again is too little.
EXTENDS Naturals
VARIABLES x, done
vars == <<x, done>>
Init == x = 0 /\ done = FALSE
Flip == ~done /\ x' = 1 - x /\ UNCHANGED done
Finish == ~done /\ x = 1 /\ done' = TRUE /\ UNCHANGED x
Rest == done /\ UNCHANGED vars
Next == Flip \/ Finish \/ Rest
Spec == Init /\ [][Next]_vars /\ WF_vars(Flip) /\ WF_vars(Finish)
Live == ~done ~> done
====
