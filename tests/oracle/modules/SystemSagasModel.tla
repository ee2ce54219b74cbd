---- MODULE SystemSagasModel ----
(* Sagas with compensation, a worker pool, retries with back-off, and an outbox; PlusCal-like pc. *)
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS Saga, Worker, Steps, MaxRetries, Free
(* --algorithm workflow
   variables queue = <<>>; define Head2 == Head(queue) end define;
   process worker \in Worker begin w1: await queue # <<>>; end process
   end algorithm *)
VARIABLES pc, at, retries, queue, busy, effects, outbox, delivered, stack
vars == <<pc, at, retries, queue, busy, effects, outbox, delivered, stack>>
N == Len(Steps)
Kinds == {Steps[i].name : i \in 1..N}
RECURSIVE Undo(_, _)
Undo(s, i) == IF i = 0 THEN <<>> ELSE <<[saga |-> s, step |-> i, dir |-> "back"]>> \o Undo(s, i - 1)
Init == /\ pc = [s \in Saga |-> "new"]
        /\ at = [s \in Saga |-> 0]
        /\ retries = [s \in Saga |-> 0]
        /\ queue = <<>>
        /\ busy = [w \in Worker |-> Free]
        /\ effects = [s \in Saga |-> [k \in Kinds |-> 0]]
        /\ outbox = {} /\ delivered = {}
        /\ stack = [s \in Saga |-> <<>>]
Start(s) == /\ pc[s] = "new"
            /\ pc' = [pc EXCEPT ![s] = "running"]
            /\ queue' = Append(queue, [saga |-> s, step |-> 1, dir |-> "forth"])
            /\ UNCHANGED <<at, retries, busy, effects, outbox, delivered, stack>>
Pick(w) == /\ busy[w] = Free
           /\ queue # <<>>
           /\ busy' = [busy EXCEPT ![w] = Head(queue)]
           /\ queue' = Tail(queue)
           /\ UNCHANGED <<pc, at, retries, effects, outbox, delivered, stack>>
Succeed(w) ==
  /\ busy[w] # Free
  /\ LET j == busy[w] s == j.saga i == j.step
         last == i = N /\ j.dir = "forth"
         first == i = 1 /\ j.dir = "back"
         name == Steps[i].name
     IN /\ effects' = [effects EXCEPT ![s][name] = IF j.dir = "forth" THEN @ + 1 ELSE @ - 1]
        /\ at' = [at EXCEPT ![s] = IF j.dir = "forth" THEN i ELSE i - 1]
        /\ stack' = [stack EXCEPT ![s] = IF j.dir = "forth" THEN <<name>> \o @ ELSE Tail(@)]
        /\ pc' = [pc EXCEPT ![s] = CASE last -> "done" [] first -> "failed" [] OTHER -> @]
        /\ queue' = CASE last \/ first -> queue
                      [] j.dir = "forth" -> Append(queue, [j EXCEPT !.step = @ + 1])
                      [] OTHER -> Append(queue, [j EXCEPT !.step = @ - 1])
        /\ outbox' = IF last \/ first THEN outbox \cup {<<s, IF last THEN "ok" ELSE "undone">>} ELSE outbox
        /\ retries' = [retries EXCEPT ![s] = 0]
  /\ busy' = [busy EXCEPT ![w] = Free]
  /\ UNCHANGED delivered
Fail(w) ==
  /\ busy[w] # Free
  /\ busy[w].dir = "forth"
  /\ Steps[busy[w].step].risky
  /\ LET j == busy[w] s == j.saga IN
       IF retries[s] < MaxRetries
       THEN /\ queue' = Append(queue, j)
            /\ retries' = [retries EXCEPT ![s] = @ + 1]
            /\ UNCHANGED <<pc, outbox>>
       ELSE /\ retries' = [retries EXCEPT ![s] = 0]
            /\ IF at[s] = 0
               THEN /\ pc' = [pc EXCEPT ![s] = "failed"]
                    /\ outbox' = outbox \cup {<<s, "undone">>}
                    /\ UNCHANGED queue
               ELSE /\ pc' = [pc EXCEPT ![s] = "undoing"]
                    /\ queue' = Append(queue, Head(Undo(s, at[s])))
                    /\ UNCHANGED outbox
  /\ busy' = [busy EXCEPT ![w] = Free]
  /\ UNCHANGED <<at, effects, delivered, stack>>
Deliver == \E m \in outbox : /\ delivered' = delivered \cup {m}
                             /\ outbox' = outbox \ {m}
                             /\ UNCHANGED <<pc, at, retries, queue, busy, effects, stack>>
Terminating == /\ \A s \in Saga : pc[s] \in {"done", "failed"}
               /\ outbox = {} /\ \A w \in Worker : busy[w] = Free
               /\ UNCHANGED vars
Next == (\E s \in Saga : Start(s)) \/ (\E w \in Worker : Pick(w) \/ Succeed(w) \/ Fail(w)) \/ Deliver \/ Terminating
Fairness == /\ \A s \in Saga : WF_vars(Start(s))
            /\ \A w \in Worker : WF_vars(Pick(w)) /\ SF_vars(Succeed(w))
            /\ WF_vars(Deliver)
Spec == Init /\ [][Next]_vars /\ Fairness
-----------------------------------------------------------------------------
TypeOK == /\ pc \in [Saga -> {"new", "running", "undoing", "done", "failed"}]
          /\ at \in [Saga -> 0..N]
          /\ retries \in [Saga -> 0..MaxRetries]
          /\ queue \in Seq([saga : Saga, step : 1..N, dir : {"forth", "back"}])
          /\ outbox \subseteq Saga \X {"ok", "undone"}
          /\ \A w \in Worker : busy[w] = Free \/ busy[w] \in [saga : Saga, step : 1..N, dir : {"forth", "back"}]
AllOrNothing == \A s \in Saga : /\ pc[s] = "done" => \A k \in Kinds : effects[s][k] = 1
                                /\ pc[s] = "failed" => \A k \in Kinds : effects[s][k] = 0
EffectsSmall == \A s \in Saga, k \in Kinds : effects[s][k] \in {0, 1}
StackIsPrefix == \A s \in Saga : Len(stack[s]) = at[s] /\ \A i \in 1..at[s] : stack[s][i] = Steps[at[s] - i + 1].name
OneJobEach == \A s \in Saga : Cardinality({i \in DOMAIN queue : queue[i].saga = s}) + Cardinality({w \in Worker : busy[w] # Free /\ busy[w].saga = s})
                                = (IF pc[s] \in {"running", "undoing"} THEN 1 ELSE 0)
OutcomeOnce == \A s \in Saga : Cardinality({m \in outbox \cup delivered : m[1] = s}) <= 1
Termination == <>(\A s \in Saga : pc[s] \in {"done", "failed"})
Told == \A s \in Saga : pc[s] = "done" ~> <<s, "ok">> \in delivered
NoResurrection == [][\A s \in Saga : pc[s] \in {"done", "failed"} => pc'[s] = pc[s]]_vars
====
