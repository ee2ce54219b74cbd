---- MODULE SystemTermination ----
(***************************************************************************)
(* Termination detection in a ring where messages travel in mailboxes.     *)
(* Every node owns one mailbox, a sequence of records; the token is one    *)
(* more message.                                                           *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, Naturals

CONSTANT N, MaxPending
ASSUME NAssumption == N \in Nat \ {0}

Node == 0 .. N-1
Color == {"white", "black"}

VARIABLES active, color, counter, inbox
vars == <<active, color, counter, inbox>>

TokenMsg == [type : {"tok"}, q : Int, color : Color]
BasicMsg == [type : {"pl"}]
Message == TokenMsg \cup BasicMsg

TypeOK ==
  /\ counter \in [Node -> Int]
  /\ active \in [Node -> BOOLEAN]
  /\ color \in [Node -> Color]
  /\ inbox \in [Node -> Seq(Message)]
  /\ \E i \in Node : \E j \in 1..Len(inbox[i]): inbox[i][j].type = "tok"
  /\ \A i,j \in Node : \A k \in 1 .. Len(inbox[i]) : \A l \in 1 .. Len(inbox[j]) :
        inbox[i][k].type = "tok" /\ inbox[j][l].type = "tok"
        => i = j /\ k = l

RemoveAt(seq, i) == SubSeq(seq, 1, i-1) \o SubSeq(seq, i+1, Len(seq))
------------------------------------------------------------------------------
Init ==
  /\ counter = [n \in Node |-> 0]
  /\ inbox = [n \in Node |-> IF n = 0
                             THEN << [type |-> "tok", q |-> 0, color |-> "black" ] >>
                             ELSE <<>>]
  /\ active \in [Node -> BOOLEAN]
  /\ color = [n \in Node |-> "white"]

InitiateProbe ==
  /\ \E j \in 1..Len(inbox[0]):
      /\ inbox[0][j].type = "tok"
      /\ \/ inbox[0][j].color = "black"
         \/ counter[0] + inbox[0][j].q # 0
         \/ color[0] = "black"
      /\ inbox' = [inbox EXCEPT ![N-1] = Append(@,
           [type |-> "tok", q |-> 0, color |-> "white"]),
             ![0] = RemoveAt(@, j) ]
  /\ color' = [ color EXCEPT ![0] = "white" ]
  /\ UNCHANGED <<active, counter>>

PassToken(n) ==
  /\ n # 0
  /\ ~ active[n]
  /\ \E j \in 1..Len(inbox[n]) :
          /\ inbox[n][j].type = "tok"
          /\ LET tkn == inbox[n][j]
             IN  inbox' = [inbox EXCEPT ![n-1] =
                                       Append(@, [tkn EXCEPT !.q = tkn.q + counter[n],
                                                             !.color = IF color[n] = "black"
                                                                       THEN "black"
                                                                       ELSE tkn.color]),
                                    ![n] = RemoveAt(@, j) ]
  /\ color' = [ color EXCEPT ![n] = "white" ]
  /\ UNCHANGED <<active, counter>>

System == \/ InitiateProbe
          \/ \E n \in Node : PassToken(n)
------------------------------------------------------------------------------
SendMsg(n) ==
  /\ active[n]
  /\ counter' = [counter EXCEPT ![n] = @ + 1]
  /\ \E j \in Node \ {n} : inbox' = [inbox EXCEPT ![j] = Append(@, [type |-> "pl"])]
  /\ UNCHANGED <<active, color>>

RecvMsg(n) ==
  \E j \in 1..Len(inbox[n]) :
     /\ inbox[n][j].type = "pl"
     /\ inbox' = [inbox EXCEPT ![n] = RemoveAt(@, j)]
     /\ counter' = [counter EXCEPT ![n] = @ - 1]
     /\ color' = [color EXCEPT ![n] = "black"]
     /\ active' = [active EXCEPT ![n] = TRUE]

Deactivate(n) ==
  /\ active[n]
  /\ active' = [active EXCEPT ![n] = FALSE]
  /\ UNCHANGED <<color, counter, inbox>>

Environment == \E n \in Node : SendMsg(n) \/ RecvMsg(n) \/ Deactivate(n)

Next == System \/ Environment
Spec == Init /\ [][Next]_vars /\ WF_vars(System)
------------------------------------------------------------------------------
StateConstraint ==
  /\ \A n \in Node : Len(inbox[n]) < MaxPending
  /\ \A n \in Node : counter[n] \in -2 .. 2

PayloadMsgs(n) == {i \in DOMAIN inbox[n] : inbox[n][i].type = "pl"}
RECURSIVE SumOver(_, _)
SumOver(F(_), S) == IF S = {} THEN 0
                    ELSE LET x == CHOOSE x \in S : TRUE IN F(x) + SumOver(F, S \ {x})
InFlight(n) == Cardinality(PayloadMsgs(n))
Quiet == (\A n \in Node : ~active[n]) /\ SumOver(InFlight, Node) = 0
Balance == SumOver(LAMBDA n : counter[n], Node) = SumOver(InFlight, Node)
Detected == \E j \in 1..Len(inbox[0]) :
              /\ inbox[0][j].type = "tok" /\ inbox[0][j].color = "white"
              /\ color[0] = "white" /\ ~active[0] /\ inbox[0][j].q + counter[0] = 0
Sound == Detected => Quiet
==============================================================================
