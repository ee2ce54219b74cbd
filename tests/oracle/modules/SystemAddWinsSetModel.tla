---- MODULE SystemAddWinsSetModel ----
(* A replicated set with tags, causal broadcast by vector clocks, and delivery buffers. *)
EXTENDS Integers, FiniteSets, Sequences, TLC
CONSTANTS Replica, Elem, MaxOps
VARIABLES live, dead, clock, buffer, ops, observed
vars == <<live, dead, clock, buffer, ops, observed>>
Tag == [by : Replica, n : 1..MaxOps]
Vec == [Replica -> 0..MaxOps]
Fold(op(_, _), base, S) ==
  LET F[T \in SUBSET S] == IF T = {} THEN base ELSE LET e == CHOOSE e \in T : TRUE IN op(e, F[T \ {e}])
  IN F[S]
Sum(f) == Fold(LAMBDA r, acc : f[r] + acc, 0, DOMAIN f)
Leq(v, w) == \A r \in Replica : v[r] <= w[r]
Join(v, w) == [r \in Replica |-> IF v[r] > w[r] THEN v[r] ELSE w[r]]
Value(r) == {e \in Elem : \E t \in live[r] : t.elem = e}
Ready(r, m) == /\ m.clock[m.from] = clock[r][m.from] + 1
               /\ \A q \in Replica \ {m.from} : m.clock[q] <= clock[r][q]
Init == /\ live = [r \in Replica |-> {}]
        /\ dead = [r \in Replica |-> {}]
        /\ clock = [r \in Replica |-> [q \in Replica |-> 0]]
        /\ buffer = [r \in Replica |-> <<>>]
        /\ ops = 0
        /\ observed = {}
Broadcast(r, m) == buffer' = [q \in Replica |-> IF q = r THEN buffer[q] ELSE Append(buffer[q], m)]
Stamp(r) == [clock[r] EXCEPT ![r] = @ + 1]
Add(r, e) ==
  /\ ops < MaxOps
  /\ LET t == [elem |-> e, tag |-> [by |-> r, n |-> clock[r][r] + 1]]
     IN /\ live' = [live EXCEPT ![r] = @ \cup {t}]
        /\ Broadcast(r, [from |-> r, clock |-> Stamp(r), add |-> {t}, rem |-> {}])
        /\ observed' = observed \cup {<<r, "add", e>>}
  /\ clock' = [clock EXCEPT ![r] = Stamp(r)]
  /\ ops' = ops + 1
  /\ UNCHANGED dead
Remove(r, e) ==
  /\ ops < MaxOps
  /\ LET gone == {t \in live[r] : t.elem = e}
     IN /\ gone # {}
        /\ live' = [live EXCEPT ![r] = @ \ gone]
        /\ dead' = [dead EXCEPT ![r] = @ \cup gone]
        /\ Broadcast(r, [from |-> r, clock |-> Stamp(r), add |-> {}, rem |-> gone])
  /\ clock' = [clock EXCEPT ![r] = Stamp(r)]
  /\ ops' = ops + 1
  /\ observed' = observed \cup {<<r, "rem", e>>}
Deliver(r) ==
  \E i \in DOMAIN buffer[r] :
    LET m == buffer[r][i] IN
      /\ Ready(r, m)
      /\ live' = [live EXCEPT ![r] = (@ \cup m.add) \ m.rem]
      /\ dead' = [dead EXCEPT ![r] = @ \cup m.rem]
      /\ clock' = [clock EXCEPT ![r] = Join(@, m.clock)]
      /\ buffer' = [buffer EXCEPT ![r] = SubSeq(@, 1, i - 1) \o SubSeq(@, i + 1, Len(@))]
      /\ UNCHANGED <<ops, observed>>
Next == \E r \in Replica : Deliver(r) \/ \E e \in Elem : Add(r, e) \/ Remove(r, e)
Spec == Init /\ [][Next]_vars /\ \A r \in Replica : WF_vars(Deliver(r))
-----------------------------------------------------------------------------
Quiet == \A r \in Replica : buffer[r] = <<>>
TypeOK == /\ clock \in [Replica -> Vec]
          /\ \A r \in Replica : live[r] \subseteq [elem : Elem, tag : Tag] /\ dead[r] \subseteq [elem : Elem, tag : Tag]
          /\ ops \in 0..MaxOps
Converged == Quiet => \A q, r \in Replica : live[q] = live[r] /\ Value(q) = Value(r)
Disjoint == \A r \in Replica : live[r] \cap dead[r] = {}
TagsUnique == \A q, r \in Replica : \A s \in live[q] \cup dead[q], t \in live[r] \cup dead[r] : s.tag = t.tag => s = t
Counted == Sum([r \in Replica |-> clock[r][r]]) = ops
AddWins == Quiet => \A r \in Replica : \A t \in live[r] : t \notin UNION {dead[q] : q \in Replica}
ClockBound == \A q, r \in Replica : clock[q][r] <= clock[r][r]
BufferedLater == \A r \in Replica : \A i \in DOMAIN buffer[r] : buffer[r][i].clock[buffer[r][i].from] > clock[r][buffer[r][i].from]
SomeReady == \A r \in Replica : buffer[r] # <<>> => \E i \in DOMAIN buffer[r] : \E q \in Replica : ENABLED Deliver(q)
EventuallyQuiet == <>[]Quiet
EventuallySame == <>[](\A q, r \in Replica : Value(q) = Value(r))
ClocksGrow == [][\A r \in Replica : Leq(clock[r], clock'[r])]_vars
====
