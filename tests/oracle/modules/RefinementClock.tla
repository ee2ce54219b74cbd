---- MODULE RefinementClock ----
\* A clock with minutes refines one without: its variable is substituted by one of ours.
EXTENDS Naturals
VARIABLES hr, mn
Init == hr = 0 /\ mn = 0
Next == mn' = (mn + 1) % 3 /\ hr' = IF mn = 2 THEN (hr + 1) % 4 ELSE hr
Spec == Init /\ [][Next]_<<hr, mn>>
H == INSTANCE RefinementClockA WITH h <- hr
HSpec == H!Spec
====
