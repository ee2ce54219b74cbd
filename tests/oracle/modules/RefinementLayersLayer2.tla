---- MODULE RefinementLayersLayer2 ----
EXTENDS Naturals
VARIABLES count, pending
total == count + pending
Init == count = 0 /\ pending = 0
Step == \/ pending' = pending + 1 /\ count' = count
        \/ pending > 0 /\ pending' = pending - 1 /\ count' = count + 1
Spec == Init /\ [][Step]_<<count, pending>> /\ WF_<<count, pending>>(pending > 0 /\ Step)
L1 == INSTANCE RefinementLayersLayer1 WITH n <- total
Ref == L1!Spec
====
