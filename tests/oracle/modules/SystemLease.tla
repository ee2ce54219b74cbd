---- MODULE SystemLease ----
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Clients, TTL, MaxTime, Fenced
VARIABLES now, lease, token, client, storage, inflight
vars == <<now, lease, token, client, storage, inflight>>
none == "none"
Init == /\ now = 0 /\ lease = [owner |-> none, until |-> 0] /\ token = 0
        /\ client = [c \in Clients |-> [st |-> "idle", tok |-> 0, seen |-> 0]]
        /\ storage = [max |-> 0, log |-> <<>>] /\ inflight = {}
Tick == now < MaxTime /\ now' = now + 1 /\ UNCHANGED <<lease, token, client, storage, inflight>>
Acquire(c) == /\ client[c].st = "idle" /\ (lease.owner = none \/ lease.until <= now)
              /\ token' = token + 1 /\ lease' = [owner |-> c, until |-> now + TTL]
              /\ client' = [client EXCEPT ![c] = [st |-> "held", tok |-> token + 1, seen |-> now + TTL]]
              /\ UNCHANGED <<now, storage, inflight>>
\* checked its clock before sending, but the request may be slow
Send(c) == /\ client[c].st = "held" /\ now < client[c].seen
           /\ inflight' = inflight \cup {[from |-> c, tok |-> client[c].tok]}
           /\ client' = [client EXCEPT ![c].st = "sent"] /\ UNCHANGED <<now, lease, token, storage>>
Apply == \E m \in inflight : /\ inflight' = inflight \ {m}
   /\ IF Fenced /\ m.tok < storage.max THEN UNCHANGED storage
      ELSE storage' = [max |-> IF m.tok > storage.max THEN m.tok ELSE storage.max, log |-> Append(storage.log, m.tok)]
   /\ UNCHANGED <<now, lease, token, client>>
Release(c) == /\ client[c].st \in {"held", "sent"} /\ client' = [client EXCEPT ![c].st = "idle"]
              /\ lease' = IF lease.owner = c THEN [owner |-> none, until |-> 0] ELSE lease
              /\ UNCHANGED <<now, token, storage, inflight>>
Next == Tick \/ Apply \/ \E c \in Clients : Acquire(c) \/ Send(c) \/ Release(c)
Spec == Init /\ [][Next]_vars
Bound == token <= 3
Monotone == \A i, j \in DOMAIN storage.log : i < j => storage.log[i] <= storage.log[j]
====
