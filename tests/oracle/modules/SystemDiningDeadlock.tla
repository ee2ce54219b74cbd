---- MODULE SystemDiningDeadlock ----
EXTENDS Integers, TLC
CONSTANTS NP
Ph == 1..NP
LeftFork(p) == p
RightFork(p) == IF p = NP THEN 1 ELSE p + 1
LeftPh(p) == IF p = 1 THEN NP ELSE p - 1
RightPh(p) == IF p = NP THEN 1 ELSE p + 1
Between(p, q) == {f \in Ph : f \in {LeftFork(p), RightFork(p)} \cap {LeftFork(q), RightFork(q)}}
ASSUME NP >= 2
VARIABLES forks, hungry, pc
vars == <<forks, hungry, pc>>
TypeOK == /\ forks \in [Ph -> [holder : Ph, clean : BOOLEAN]]
          /\ hungry \in [Ph -> BOOLEAN]
          /\ pc \in [Ph -> {"Loop", "Think", "Eat"}]
Init == /\ forks = [f \in Ph |-> IF f = 2 THEN [holder |-> 1, clean |-> FALSE]
                                  ELSE [holder |-> f, clean |-> FALSE]]
        /\ hungry = [p \in Ph |-> TRUE]
        /\ pc = [p \in Ph |-> "Loop"]
Holds(p, f) == forks[f].holder = p
Ready(p) == /\ Holds(p, LeftFork(p)) /\ Holds(p, RightFork(p))
            /\ forks[LeftFork(p)].clean /\ forks[RightFork(p)].clean
Ask(p) == /\ pc[p] = "Loop" /\ hungry[p]
          /\ \E f \in {LeftFork(p), RightFork(p)} :
               LET o == forks[f].holder IN
               /\ o # p \/ ~forks[f].clean
               /\ o # p => ~forks[f].clean
               /\ forks' = [forks EXCEPT ![f] = [holder |-> p, clean |-> TRUE]]
          /\ UNCHANGED <<hungry, pc>>
BeginEat(p) == pc[p] = "Loop" /\ hungry[p] /\ Ready(p) /\ pc' = [pc EXCEPT ![p] = "Eat"] /\ UNCHANGED <<forks, hungry>>
Eat(p) == /\ pc[p] = "Eat"
          /\ hungry' = [hungry EXCEPT ![p] = FALSE]
          /\ forks' = [forks EXCEPT ![LeftFork(p)].clean = FALSE, ![RightFork(p)].clean = FALSE]
          /\ pc' = [pc EXCEPT ![p] = "Think"]
Think(p) == pc[p] = "Think" /\ hungry' = [hungry EXCEPT ![p] = TRUE] /\ pc' = [pc EXCEPT ![p] = "Loop"] /\ UNCHANGED forks
Philosopher(p) == Ask(p) \/ BeginEat(p) \/ Eat(p) \/ Think(p)
Next == \E p \in Ph : Philosopher(p)
Spec == Init /\ [][Next]_vars /\ \A p \in Ph : WF_vars(Philosopher(p))
Exclusive == \A p \in Ph : ~(pc[p] = "Eat" /\ pc[RightPh(p)] = "Eat")
NobodyStarves == \A p \in Ph : hungry[p] ~> ~hungry[p]
====
