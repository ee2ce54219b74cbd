---- MODULE SystemBarrier ----
(* A barrier that can be used again, of three semaphores. *)
EXTENDS Integers, FiniteSets
CONSTANT N
ASSUME N \in Nat \ {0}
VARIABLES rdv, mutex, g1, g2, pc
vars == <<rdv, mutex, g1, g2, pc>>
ProcSet == 1..N
Init == rdv = 0 /\ mutex = 1 /\ g1 = 0 /\ g2 = 1 /\ pc = [s \in ProcSet |-> "a0"]
To(s, a, b) == pc[s] = a /\ pc' = [pc EXCEPT ![s] = b]
a0(s) == To(s, "a0", "a1") /\ UNCHANGED <<rdv, mutex, g1, g2>>
a1(s) == To(s, "a1", "a2") /\ mutex > 0 /\ mutex' = mutex - 1 /\ UNCHANGED <<rdv, g1, g2>>
a2(s) == To(s, "a2", "a3") /\ rdv' = rdv + 1 /\ UNCHANGED <<mutex, g1, g2>>
a3(s) == /\ To(s, "a3", "a4")
         /\ IF rdv = N THEN g1' = g1 + 1 /\ g2' = g2 - 1 ELSE UNCHANGED <<g1, g2>>
         /\ UNCHANGED <<rdv, mutex>>
a4(s) == To(s, "a4", "a5") /\ mutex' = mutex + 1 /\ UNCHANGED <<rdv, g1, g2>>
a5(s) == To(s, "a5", "a6") /\ g1 > 0 /\ g1' = g1 - 1 /\ UNCHANGED <<rdv, mutex, g2>>
a6(s) == To(s, "a6", "a7") /\ g1' = g1 + 1 /\ UNCHANGED <<rdv, mutex, g2>>
a7(s) == To(s, "a7", "a8") /\ mutex > 0 /\ mutex' = mutex - 1 /\ UNCHANGED <<rdv, g1, g2>>
a8(s) == To(s, "a8", "a9") /\ rdv' = rdv - 1 /\ UNCHANGED <<mutex, g1, g2>>
a9(s) == /\ To(s, "a9", "a10")
         /\ IF rdv = 0 THEN g1' = g1 - 1 /\ g2' = g2 + 1 ELSE UNCHANGED <<g1, g2>>
         /\ UNCHANGED <<rdv, mutex>>
a10(s) == To(s, "a10", "a11") /\ mutex' = mutex + 1 /\ UNCHANGED <<rdv, g1, g2>>
a11(s) == To(s, "a11", "a12") /\ g2 > 0 /\ g2' = g2 - 1 /\ UNCHANGED <<rdv, mutex, g1>>
a12(s) == To(s, "a12", "a0") /\ g2' = g2 + 1 /\ UNCHANGED <<rdv, mutex, g1>>
proc(s) == a0(s) \/ a1(s) \/ a2(s) \/ a3(s) \/ a4(s) \/ a5(s) \/ a6(s) \/ a7(s) \/ a8(s) \/ a9(s) \/ a10(s) \/ a11(s) \/ a12(s)
Next == \E s \in ProcSet : proc(s)
Spec == Init /\ [][Next]_vars /\ \A s \in ProcSet : WF_vars(proc(s)) /\ SF_vars(a1(s)) /\ SF_vars(a7(s)) /\ SF_vars(a5(s)) /\ SF_vars(a11(s))
TypeOK == rdv \in 0..N /\ mutex \in {0,1} /\ g1 \in 0..N /\ g2 \in 0..N
Lock == Cardinality({s \in ProcSet : pc[s] \in {"a2","a3","a4","a8","a9","a10"}}) + mutex = 1
Turns == \A s \in ProcSet : pc[s] = "a0" ~> pc[s] = "a12"
====
