---- MODULE SystemTokenRingTermination ----
EXTENDS Naturals
CONSTANT N
ASSUME NAssumption == N \in Nat \ {0}
Node == 0 .. N-1
VARIABLES act, pend, detected
vars == << act, pend, detected >>
terminated == \A n \in Node : ~ act[n] /\ pend[n] = 0
TypeOK == /\ act \in [Node -> BOOLEAN]
          /\ pend \in [Node -> Nat]
          /\ detected \in BOOLEAN
Init == /\ act \in [ Node -> BOOLEAN ]
        /\ pend = [ n \in Node |-> 0 ]
        /\ detected \in {FALSE, terminated}
Stop(i) == /\ act' \in { f \in [Node -> BOOLEAN] : \A n \in Node : ~act[n] => ~f[n] }
           /\ pend' = pend
           /\ detected' \in {detected, terminated'}
Send(i, j) == /\ act[i]
              /\ pend' = [pend EXCEPT ![j] = @ + 1]
              /\ UNCHANGED <<act, detected>>
Wake(i) == /\ pend[i] > 0
           /\ act' = [act EXCEPT ![i] = TRUE]
           /\ pend' = [pend EXCEPT ![i] = @ - 1]
           /\ UNCHANGED detected
Detect == /\ terminated
          /\ ~detected
          /\ detected' = TRUE
          /\ UNCHANGED <<act, pend>>
Next == \/ Detect
        \/ \E i \in Node : Wake(i) \/ Stop(i)
        \/ \E i, j \in Node : Send(i,j)
Constraint == \A i \in Node : pend[i] =< 2
Safe == detected => terminated
Quiescence == [](terminated => []terminated)
Live == terminated ~> detected
Spec == Init /\ [][Next]_vars /\ WF_vars(Detect)
THEOREM Spec => []TypeOK /\ []Safe /\ Live
====
