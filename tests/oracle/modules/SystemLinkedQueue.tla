---- MODULE SystemLinkedQueue ----
EXTENDS Naturals, Sequences, FiniteSets
CONSTANTS Threads, Nodes, Null
VARIABLES nxt, val, head, tail, free, pc, loc, hist
vars == <<nxt, val, head, tail, free, pc, loc, hist>>
Init == \E d \in Nodes :
  /\ d = CHOOSE n \in Nodes : TRUE
  /\ nxt = [n \in Nodes |-> Null]
  /\ val = [n \in Nodes |-> 0]
  /\ head = d /\ tail = d
  /\ free = Nodes \ {d}
  /\ pc = [t \in Threads |-> "idle"]
  /\ loc = [t \in Threads |-> [node |-> Null, t |-> Null, n |-> Null]]
  /\ hist = <<>>
EnqStart(t) == /\ pc[t] = "idle" /\ free # {}
               /\ LET n == CHOOSE n \in free : TRUE IN
                   /\ free' = free \ {n}
                   /\ val' = [val EXCEPT ![n] = Len(hist) + 1]
                   /\ nxt' = [nxt EXCEPT ![n] = Null]
                   /\ loc' = [loc EXCEPT ![t].node = n]
               /\ pc' = [pc EXCEPT ![t] = "e1"]
               /\ UNCHANGED <<head, tail, hist>>
E1(t) == /\ pc[t] = "e1"
         /\ loc' = [loc EXCEPT ![t].t = tail, ![t].n = nxt[tail]]
         /\ pc' = [pc EXCEPT ![t] = "e2"]
         /\ UNCHANGED <<nxt, val, head, tail, free, hist>>
E2(t) == /\ pc[t] = "e2"
         /\ IF loc[t].n # Null
            THEN /\ tail' = IF tail = loc[t].t THEN loc[t].n ELSE tail
                 /\ pc' = [pc EXCEPT ![t] = "e1"]
                 /\ UNCHANGED <<nxt, hist>>
            ELSE IF nxt[loc[t].t] = Null /\ loc[t].t # loc[t].node
            THEN /\ nxt' = [nxt EXCEPT ![loc[t].t] = loc[t].node]
                 /\ hist' = Append(hist, val[loc[t].node])
                 /\ pc' = [pc EXCEPT ![t] = "e3"]
                 /\ UNCHANGED tail
            ELSE pc' = [pc EXCEPT ![t] = "e1"] /\ UNCHANGED <<nxt, tail, hist>>
         /\ UNCHANGED <<val, head, free, loc>>
E3(t) == /\ pc[t] = "e3"
         /\ tail' = IF tail = loc[t].t THEN loc[t].node ELSE tail
         /\ pc' = [pc EXCEPT ![t] = "idle"]
         /\ loc' = [loc EXCEPT ![t] = [node |-> Null, t |-> Null, n |-> Null]]
         /\ UNCHANGED <<nxt, val, head, free, hist>>
Deq(t) == /\ pc[t] = "idle" /\ head # tail /\ nxt[head] # Null
          /\ head' = nxt[head]
          /\ hist # <<>> /\ hist' = Tail(hist)
          /\ UNCHANGED <<nxt, val, tail, free, pc, loc>>
Next == \E t \in Threads : EnqStart(t) \/ E1(t) \/ E2(t) \/ E3(t) \/ Deq(t)
Spec == Init /\ [][Next]_vars
RECURSIVE Chain(_)
Chain(n) == IF nxt[n] = Null THEN <<>> ELSE <<val[nxt[n]]>> \o Chain(nxt[n])
Linear == Chain(head) = hist
TailNear == tail = head \/ \E n \in Nodes : nxt[n] = tail \/ tail = n
====
