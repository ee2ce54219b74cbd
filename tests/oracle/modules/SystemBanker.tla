---- MODULE SystemBanker ----
EXTENDS Naturals, FiniteSets, Sequences
CONSTANTS Proc, Res, Total, Claim
ASSUME Claim \in [Proc -> [Res -> Nat]]
VARIABLES alloc, done
vars == <<alloc, done>>
Sum(f, S) == LET RECURSIVE s(_)
                 s(T) == IF T = {} THEN 0 ELSE LET x == CHOOSE x \in T : TRUE IN f[x] + s(T \ {x})
             IN s(S)
Free(al) == [r \in Res |-> Total[r] - Sum([p \in Proc |-> al[p][r]], Proc)]
Need(al, p) == [r \in Res |-> Claim[p][r] - al[p][r]]
Leq(a, b) == \A r \in Res : a[r] <= b[r]
RECURSIVE CanFinish(_, _, _)
CanFinish(free, al, todo) ==
  \/ todo = {}
  \/ \E p \in todo : /\ Leq(Need(al, p), free)
                     /\ CanFinish([r \in Res |-> free[r] + al[p][r]], al, todo \ {p})
Safe(al) == CanFinish(Free(al), al, Proc \ done)
Init == alloc = [p \in Proc |-> [r \in Res |-> 0]] /\ done = {}
Request(p, r) == /\ p \notin done
                 /\ alloc[p][r] < Claim[p][r] /\ Free(alloc)[r] > 0
                 /\ LET new == [alloc EXCEPT ![p][r] = @ + 1] IN Safe(new) /\ alloc' = new
                 /\ UNCHANGED done
Finish(p) == /\ p \notin done /\ alloc[p] = Claim[p]
             /\ done' = done \cup {p}
             /\ alloc' = [alloc EXCEPT ![p] = [r \in Res |-> 0]]
Over == done = Proc /\ UNCHANGED vars
Next == Over \/ \E p \in Proc : Finish(p) \/ \E r \in Res : Request(p, r)
Spec == Init /\ [][Next]_vars /\ \A p \in Proc : WF_vars(Finish(p)) /\ WF_vars(\E r \in Res : Request(p, r))
IsSafe == Safe(alloc)
NeverNegative == \A r \in Res : Free(alloc)[r] \in 0..Total[r]
Completes == <>(done = Proc)
MCTotal == [r \in Res |-> 4]
MCClaim == [p \in Proc |-> [r \in Res |-> 3]]
====
