---- MODULE InstanceTwice ----
\* One module instantiated twice, for the two ends of a queue.
EXTENDS Naturals, Sequences
CONSTANT Message
VARIABLES in, out, q
InChan == INSTANCE InstanceTwiceChannel WITH Data <- Message, chan <- in
OutChan == INSTANCE InstanceTwiceChannel WITH Data <- Message, chan <- out
Init == InChan!Init /\ OutChan!Init /\ q = <<>>
SSend(msg) == InChan!Send(msg) /\ UNCHANGED <<out, q>>
BufRcv == InChan!Rcv /\ q' = Append(q, in.val) /\ UNCHANGED out
BufSend == q # <<>> /\ OutChan!Send(Head(q)) /\ q' = Tail(q) /\ UNCHANGED in
RRcv == OutChan!Rcv /\ UNCHANGED <<in, q>>
Next == (\E msg \in Message : SSend(msg)) \/ BufRcv \/ BufSend \/ RRcv
Con == Len(q) < 3
TI == InChan!TypeInvariant /\ OutChan!TypeInvariant /\ q \in Seq(Message)
====
