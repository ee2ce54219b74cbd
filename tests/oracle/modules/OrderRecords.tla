---- MODULE OrderRecords ----
\* Records are compared field by field, name and value in turn, in the order of appearance.
EXTENDS Naturals
VARIABLES zeta, x
Choice == CHOOSE r \in {[zeta |-> 1, alpha |-> 2], [zeta |-> 0, alpha |-> 3]} : TRUE
Other == CHOOSE f \in {[i \in {0, 7} |-> 5 - i \div 7], [i \in {0, 8} |-> 1]} : TRUE
Init == zeta = Other[0] /\ x = Choice
Next == UNCHANGED <<zeta, x>>
ZetaDecides == x.zeta = 0 /\ zeta = 1
====
