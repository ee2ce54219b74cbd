------------------------------- MODULE Queue -------------------------------
(* Sequences, tuples, nested EXCEPT, LET before and after a guard, IF and CASE. *)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS Workers, Capacity

VARIABLES queue, held, log, mode, pair

vars == <<queue, held, log, mode, pair>>

Jobs == 1..2

TypeOK ==
    /\ queue \in Seq(Jobs)
    /\ held \in [Workers -> [job : 0..2, tries : 0..2]]
    /\ log \in [Workers -> Seq(Jobs)]
    /\ mode \in {"calm", "busy"}
    /\ pair \in (0..2) \X BOOLEAN

Init ==
    /\ queue = <<>>
    /\ held = [w \in Workers |-> [job |-> 0, tries |-> 0]]
    /\ log = [w \in Workers |-> <<>>]
    /\ mode = "calm"
    /\ pair = <<0, FALSE>>

Load == CASE Len(queue) = 0 -> 0
          [] Len(queue) >= Capacity -> 2
          [] OTHER -> 1

Double(n) == LET twice == n + n IN twice
Twice(Op(_), x) == Op(Op(x))

Put(job) ==
    /\ Len(queue) < Capacity
    /\ ~ \E i \in DOMAIN queue : queue[i] = job
    /\ queue' = Append(queue, job)
    /\ IF Len(queue') = Capacity
       THEN mode' = "busy" /\ pair' = <<job, TRUE>>
       ELSE /\ UNCHANGED mode
            /\ pair' = [pair EXCEPT ![1] = job]
    /\ UNCHANGED <<held, log>>

Take(w) ==
    LET first == Head(queue) IN
    /\ queue # <<>>
    /\ held[w].job = 0
    /\ first # 2 \/ Load > 0
    /\ queue' = Tail(queue)
    /\ held' = [held EXCEPT ![w].job = first, ![w].tries = 0]
    /\ mode' = IF Len(queue) - 1 = 0 THEN "calm" ELSE mode
    /\ UNCHANGED <<log, pair>>

Try(w) ==
    /\ held[w].job # 0
    /\ held[w].tries < 1
    /\ held' = [held EXCEPT ![w].tries = @ + 1]
    /\ UNCHANGED <<queue, log, mode, pair>>

Finish(w) ==
    /\ held[w].job # 0
    /\ Len(log[w]) < 1
    /\ log' = [log EXCEPT ![w] = Append(@, held[w].job)]
    /\ held' = [held EXCEPT ![w] = [@ EXCEPT !.job = 0, !.tries = 0]]
    /\ UNCHANGED <<queue, mode, pair>>

Drop ==
    /\ Len(queue) >= 2
    /\ CASE mode = "busy" -> queue' = SubSeq(queue, 2, Len(queue)) \o <<>>
         [] OTHER -> queue' = SelectSeq(queue, LAMBDA j : j % 2 = 1)
    /\ pair' = [pair EXCEPT ![2] = ~ @]
    /\ UNCHANGED <<held, log, mode>>

Forget ==
    /\ \A w \in Workers : log[w] # <<>>
    /\ log' = [w \in Workers |-> <<>>]
    /\ UNCHANGED <<queue, held, mode, pair>>

Next ==
    \/ \E job \in Jobs : Put(job)
    \/ \E w \in Workers : Take(w) \/ Try(w)
    \/ \E x \in Workers : Finish(x)
    \/ Drop
    \/ Forget

Spec == Init /\ [][Next]_vars

Distinct ==
    \A i, j \in 1..Len(queue) : i # j => queue[i] # queue[j]

Bounded == Len(queue) <= Capacity /\ Load \in 0..2

Sums == Twice(Double, Len(queue)) <= 4 * Capacity
        /\ ((-7) \div 2) = -4 /\ -7 % 3 = 2 /\ 2^3 = 8

Latest == queue # <<>> =>
    (CHOOSE j \in Jobs : \E i \in DOMAIN queue : queue[i] = j) \in {queue[i] : i \in DOMAIN queue}

NeverShrinks == [][mode' = "busy" => Len(queue') >= 1]_<<mode, queue>>
=============================================================================
