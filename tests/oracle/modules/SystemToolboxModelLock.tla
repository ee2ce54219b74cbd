---- MODULE SystemToolboxModelLock ----
EXTENDS Naturals, Sequences, FiniteSets
CONSTANTS Proc, N
VARIABLES tickets, holder, log
vars == << tickets, holder, log >>
NoOne == CHOOSE p : p \notin Proc
TypeInv == tickets \in Nat /\ holder \in Proc \cup {NoOne}
Init == /\ tickets = 0
        /\ holder = NoOne
        /\ log = << >>
Acquire(p) == /\ holder = NoOne
              /\ holder' = p
              /\ tickets' = tickets + 1
              /\ log' = Append(log, [who |-> p, t |-> tickets])
Release(p) == /\ holder = p
              /\ holder' = NoOne
              /\ UNCHANGED <<tickets, log>>
Trim == /\ Len(log) = N
        /\ log' = Tail(log)
        /\ UNCHANGED << tickets, holder >>
Next == \/ \E p \in Proc : Acquire(p) \/ Release(p)
        \/ Trim
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Recurs == []<>(holder = NoOne)
=============================================================================
