---- MODULE SystemTokenRing ----
(* Termination detection by a token that goes round, with messages and
   counters at each node; a refinement of SyncTerm and of SystemTokenRingTermination. *)
EXTENDS Integers, FiniteSets
CONSTANT N
ASSUME NPos == N \in Nat /\ N > 0
Node == 0 .. N-1
Color == {"white", "black"}
Token == [pos : Node, q : Int, color : Color]
VARIABLES
  active,     \* activation
  color,      \* color of nodes
  counter,    \* sent - received
  pending,    \* on the way to a node
  token
vars == <<active, color, counter, pending, token>>
TypeOK ==
  /\ active \in [Node -> BOOLEAN]
  /\ color \in [Node -> Color]
  /\ counter \in [Node -> Int]
  /\ pending \in [Node -> Nat]
  /\ token \in Token
Init ==
  /\ active \in [Node -> BOOLEAN]
  /\ color \in [Node -> Color]
  /\ counter = [i \in Node |-> 0]
  /\ pending = [i \in Node |-> 0]
  /\ token = [pos |-> 0, q |-> 0, color |-> "black"]
InitiateProbe ==
  /\ token.pos = 0
  /\ \/ token.color = "black"
     \/ color[0] = "black"
     \/ counter[0] + token.q > 0
  /\ token' = [pos |-> N-1, q |-> 0, color |-> "white"]
  /\ color' = [color EXCEPT ![0] = "white"]
  /\ UNCHANGED <<active, counter, pending>>
PassToken(i) ==
  /\ ~ active[i]
  /\ token.pos = i
  /\ token' = [token EXCEPT !.pos = @ - 1,
                            !.q = @ + counter[i],
                            !.color = IF color[i] = "black" THEN "black" ELSE @]
  /\ color' = [color EXCEPT ![i] = "white"]
  /\ UNCHANGED <<active, counter, pending>>
System == InitiateProbe \/ \E i \in Node \ {0} : PassToken(i)
SendMsg(i) ==
  /\ active[i]
  /\ counter' = [counter EXCEPT ![i] = @ + 1]
  /\ \E j \in Node \ {i} : pending' = [pending EXCEPT ![j] = @ + 1]
  /\ UNCHANGED <<active, color, token>>
RecvMsg(i) ==
  /\ pending[i] > 0
  /\ pending' = [pending EXCEPT ![i] = @ - 1]
  /\ counter' = [counter EXCEPT ![i] = @ - 1]
  /\ color' = [color EXCEPT ![i] = "black"]
  /\ active' = [active EXCEPT ![i] = TRUE]
  /\ UNCHANGED token
Deactivate(i) ==
  /\ active[i]
  /\ active' = [active EXCEPT ![i] = FALSE]
  /\ UNCHANGED <<color, counter, pending, token>>
Environment == \E i \in Node : SendMsg(i) \/ RecvMsg(i) \/ Deactivate(i)
Next == System \/ Environment
Spec == Init /\ [][Next]_vars /\ WF_vars(System)
RECURSIVE Sum(_, _)
Sum(f, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN f[x] + Sum(f, S \ {x})
Rng(a, b) == { i \in Node : a <= i /\ i <= b }
Inv ==
  /\ P0:: Sum(pending, Node) = Sum(counter, Node)
  /\ \/ P1:: /\ \A i \in Rng(token.pos+1, N-1) : ~active[i]
             /\ IF token.pos = N-1 THEN token.q = 0 ELSE token.q = Sum(counter, Rng(token.pos+1, N-1))
     \/ P2:: Sum(counter, Rng(0, token.pos)) + token.q > 0
     \/ P3:: \E i \in Rng(0, token.pos) : color[i] = "black"
     \/ P4:: token.color = "black"
terminationDetected ==
  /\ token.pos = 0
  /\ token.color = "white"
  /\ token.q + counter[0] = 0
  /\ color[0] = "white"
  /\ ~ active[0]
Termination == \A n \in Node : ~active[n] /\ pending[n] = 0
TerminationDetection == terminationDetected => Termination
Liveness == Termination ~> terminationDetected
StateConstraint == /\ \A i \in Node : counter[i] <= 1 /\ pending[i] <= 1
                   /\ token.q <= 2
TD == INSTANCE SystemTokenRingTermination WITH act <- active, pend <- pending, detected <- terminationDetected
TDSpec == TD!Init /\ [][TD!Next]_TD!vars
THEOREM Spec => TD!Spec
====
