---- MODULE RefinementQueue ----
\* A queue between two channels refines one queue.
EXTENDS Naturals, Sequences
CONSTANTS Msg, N
VARIABLES in, out, q
ASSUME N \in Nat /\ N > 0
InChan == INSTANCE RefinementQueueChan WITH Data <- Msg, chan <- in
OutChan == INSTANCE RefinementQueueChan WITH Data <- Msg, chan <- out
Init == InChan!Init /\ OutChan!Init /\ q = <<>>
SSend(m) == InChan!Send(m) /\ UNCHANGED <<out, q>>
BufRcv == InChan!Rcv /\ Len(q) < N /\ q' = Append(q, in.val) /\ UNCHANGED out
BufSend == q # <<>> /\ OutChan!Send(Head(q)) /\ q' = Tail(q) /\ UNCHANGED in
RRcv == OutChan!Rcv /\ UNCHANGED <<in, q>>
Next == (\E m \in Msg : SSend(m)) \/ BufRcv \/ BufSend \/ RRcv
vars == <<in, out, q>>
Spec == Init /\ [][Next]_vars /\ WF_vars(BufRcv) /\ WF_vars(BufSend) /\ WF_vars(RRcv)
TypeOK == InChan!TypeOK /\ OutChan!TypeOK /\ Len(q) <= N
InLoc == <<IF in.rdy # in.ack THEN <<in.val>> ELSE <<>>>>[1]
OutLoc == IF out.rdy # out.ack THEN <<out.val>> ELSE <<>>
Abs == INSTANCE RefinementQueueAbsQueue WITH items <- OutLoc \o q \o InLoc, Max <- N + 2
AbsSpec == Abs!Spec
AbsLive == Abs!Drains
Chans == InChan!Spec /\ OutChan!Spec
====
