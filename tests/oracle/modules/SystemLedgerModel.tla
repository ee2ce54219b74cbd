---- MODULE SystemLedgerModel ----
(* Transfers with idempotency keys, a two-entry ledger, holds, retries of clients over a lossy network. *)
EXTENDS Integers, FiniteSets, Sequences, TLC
CONSTANTS Account, Client, Amount, MaxRetry, Initial
ASSUME Initial \in Nat /\ Amount \subseteq Nat
VARIABLES balance, hold, ledger, seen, client, net
vars == <<balance, hold, ledger, seen, client, net>>
RECURSIVE SumOver(_, _)
SumOver(f, S) == IF S = {} THEN 0 ELSE LET a == CHOOSE a \in S : TRUE IN f[a] + SumOver(f, S \ {a})
Total == SumOver(balance, Account)
Key == Client \X (1..1)
Request == [key : Key, from : Account, to : Account, amt : Amount]
Init == /\ balance = [a \in Account |-> Initial] /\ hold = [a \in Account |-> 0]
        /\ ledger = <<>> /\ seen = <<>>
        /\ client = [c \in Client |-> [st |-> "idle", tries |-> 0, req |-> {}]]
        /\ net = {}
Submit(c) == \E f, t \in Account, n \in Amount :
  /\ f # t /\ client[c].st = "idle"
  /\ LET r == [key |-> <<c, 1>>, from |-> f, to |-> t, amt |-> n] IN
     /\ client' = [client EXCEPT ![c] = [st |-> "waiting", tries |-> 1, req |-> {r}]]
     /\ net' = net \cup {[dir |-> "req", body |-> r]}
  /\ UNCHANGED <<balance, hold, ledger, seen>>
Retry(c) == /\ client[c].st = "waiting" /\ client[c].tries < MaxRetry
            /\ client' = [client EXCEPT ![c].tries = @ + 1]
            /\ net' = net \cup {[dir |-> "req", body |-> r] : r \in client[c].req}
            /\ UNCHANGED <<balance, hold, ledger, seen>>
Lose == \E m \in net : net' = net \ {m} /\ UNCHANGED <<balance, hold, ledger, seen, client>>
Answer(r, what) == net' = (net \ {[dir |-> "req", body |-> r]}) \cup {[dir |-> "resp", key |-> r.key, what |-> what]}
Authorise == \E m \in {m \in net : m.dir = "req"} :
  LET r == m.body IN
  /\ r.key \notin DOMAIN seen
  /\ IF balance[r.from] - hold[r.from] >= r.amt
     THEN /\ hold' = [hold EXCEPT ![r.from] = @ + r.amt]
          /\ seen' = seen @@ (r.key :> [st |-> "held", req |-> r])
          /\ UNCHANGED net
     ELSE /\ seen' = seen @@ (r.key :> [st |-> "refused", req |-> r])
          /\ Answer(r, "no")
          /\ UNCHANGED hold
  /\ UNCHANGED <<balance, ledger, client>>
Capture == \E k \in DOMAIN seen :
  /\ seen[k].st = "held"
  /\ LET r == seen[k].req IN
     /\ balance' = [balance EXCEPT ![r.from] = @ - r.amt, ![r.to] = @ + r.amt]
     /\ hold' = [hold EXCEPT ![r.from] = @ - r.amt]
     /\ ledger' = ledger \o <<[acc |-> r.from, delta |-> 0 - r.amt, key |-> k], [acc |-> r.to, delta |-> r.amt, key |-> k]>>
     /\ seen' = [seen EXCEPT ![k].st = "done"]
  /\ UNCHANGED <<client, net>>
Reply == \E m \in {m \in net : m.dir = "req"} :
  /\ m.body.key \in DOMAIN seen
  /\ \/ seen[m.body.key].st = "done" /\ Answer(m.body, "yes")
     \/ seen[m.body.key].st = "refused" /\ Answer(m.body, "no")
  /\ UNCHANGED <<balance, hold, ledger, seen, client>>
Receive == \E m \in {m \in net : m.dir = "resp"} :
  LET c == m.key[1] IN
  /\ client' = [client EXCEPT ![c].st = IF @ = "waiting" THEN m.what ELSE @]
  /\ net' = net \ {m}
  /\ UNCHANGED <<balance, hold, ledger, seen>>
Next == (\E c \in Client : Submit(c) \/ Retry(c)) \/ Lose \/ Authorise \/ Capture \/ Reply \/ Receive
Spec == Init /\ [][Next]_vars /\ WF_vars(Authorise) /\ WF_vars(Capture)
TypeOK == /\ balance \in [Account -> Int] /\ hold \in [Account -> Nat]
          /\ DOMAIN seen \subseteq Key /\ \A k \in DOMAIN seen : seen[k].st \in {"held", "done", "refused"} /\ seen[k].req \in Request
Conserved == Total = Initial * Cardinality(Account)
Solvent == \A a \in Account : balance[a] >= hold[a] /\ hold[a] >= 0
Balanced == \A a \in Account : balance[a] = Initial + SumOver([i \in DOMAIN ledger |-> IF ledger[i].acc = a THEN ledger[i].delta ELSE 0], DOMAIN ledger)
TwoEntries == \A i \in DOMAIN ledger : i % 2 = 1 => ledger[i].delta + ledger[i + 1].delta = 0 /\ ledger[i].key = ledger[i + 1].key
ExactlyOnce == \A i, j \in DOMAIN ledger : ledger[i].key = ledger[j].key /\ ledger[i].acc = ledger[j].acc => i = j
YesMeansDone == \A c \in Client : client[c].st = "yes" => <<c, 1>> \in DOMAIN seen /\ seen[<<c, 1>>].st = "done"
HeldIsHeld == \A a \in Account : hold[a] = SumOver([k \in DOMAIN seen |-> IF seen[k].st = "held" /\ seen[k].req.from = a THEN seen[k].req.amt ELSE 0], DOMAIN seen)
AppendOnly == [][SubSeq(ledger', 1, Len(ledger)) = ledger]_ledger
Captured == \A c \in Client : (<<c, 1>> \in DOMAIN seen /\ seen[<<c, 1>>].st = "held") ~> (seen[<<c, 1>>].st = "done")
====
