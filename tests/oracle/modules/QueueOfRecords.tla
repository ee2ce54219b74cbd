---- MODULE QueueOfRecords ----
\* Sequences of records, a small system.
EXTENDS Naturals, Sequences
VARIABLES queue, sent, got
Message == [kind : {"data", "ack"}, number : 1..2]
Init == queue = <<>> /\ sent = {} /\ got = {}
Send(m) == Len(queue) < 2 /\ m \notin sent /\ queue' = Append(queue, m) /\ sent' = sent \cup {m} /\ UNCHANGED got
Receive == queue # <<>> /\ got' = got \cup {Head(queue).number} /\ queue' = Tail(queue) /\ UNCHANGED sent
Next == Receive \/ \E m \in Message : Send(m)
TypeOK == queue \in Seq(Message) /\ got \subseteq 1..2 /\ sent \subseteq Message
====
