---- MODULE SystemRetransmission ----
EXTENDS Naturals, Sequences
CONSTANTS N, MaxRetry
VARIABLES s, i, rc, k, l, r, got, sbit, rbit, report
vars == <<s, i, rc, k, l, r, got, sbit, rbit, report>>
Frame == [first : BOOLEAN, last : BOOLEAN, bit : 0..1, n : 1..N]
Init == /\ s = "idle" /\ i = 1 /\ rc = 0 /\ k = <<>> /\ l = <<>> /\ r = "new" /\ got = <<>> /\ sbit = 0 /\ rbit = 0 /\ report = "none"
Start == s = "idle" /\ report = "none" /\ s' = "send" /\ UNCHANGED <<i, rc, k, l, r, got, sbit, rbit, report>>
Send == /\ s = "send" /\ k = <<>>
        /\ k' = <<[first |-> i = 1, last |-> i = N, bit |-> sbit, n |-> i]>>
        /\ s' = "wait" /\ UNCHANGED <<i, rc, l, r, got, sbit, rbit, report>>
LoseK == k # <<>> /\ k' = <<>> /\ UNCHANGED <<s, i, rc, l, r, got, sbit, rbit, report>>
LoseL == l # <<>> /\ l' = <<>> /\ UNCHANGED <<s, i, rc, k, r, got, sbit, rbit, report>>
Recv == /\ k # <<>> /\ l = <<>>
        /\ LET f == Head(k) IN
             IF f.bit = rbit
             THEN /\ got' = Append(got, f.n) /\ rbit' = 1 - rbit
                  /\ r' = IF f.last THEN "ok" ELSE IF f.first THEN "first" ELSE "inc"
             ELSE UNCHANGED <<got, rbit, r>>
        /\ k' = <<>> /\ l' = <<"ack">>
        /\ UNCHANGED <<s, i, rc, sbit, report>>
Ack == /\ s = "wait" /\ l # <<>> /\ l' = <<>>
       /\ sbit' = 1 - sbit /\ rc' = 0
       /\ IF i = N THEN s' = "idle" /\ report' = "ok" /\ i' = i ELSE s' = "send" /\ i' = i + 1 /\ UNCHANGED report
       /\ UNCHANGED <<k, r, got, rbit>>
Timeout == /\ s = "wait" /\ k = <<>> /\ l = <<>>
           /\ IF rc < MaxRetry THEN s' = "send" /\ rc' = rc + 1 /\ UNCHANGED report
              ELSE s' = "idle" /\ report' = (IF i = N THEN "dk" ELSE "nok") /\ rc' = 0
           /\ UNCHANGED <<i, k, l, r, got, sbit, rbit>>
Quiet == report # "none" /\ s = "idle" /\ k = <<>> /\ l = <<>> /\ UNCHANGED vars
Next == Start \/ Send \/ LoseK \/ LoseL \/ Recv \/ Ack \/ Timeout \/ Quiet
Spec == Init /\ [][Next]_vars /\ WF_vars(Next) /\ SF_vars(Recv)
TypeOK == k \in {<<>>} \cup {<<f>> : f \in Frame}
InOrder == \A j \in 1..Len(got) : got[j] = j
OkMeansAll == report = "ok" => Len(got) = N /\ r = "ok"
NokMeansNot == report = "nok" => Len(got) < N
Reports == <>(report # "none")
====
