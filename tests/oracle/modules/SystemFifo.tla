---- MODULE SystemFifo ----
(* A bounded queue whose inner variable is hidden by a parameterised instance. *)
EXTENDS SystemFifoBounded
VARIABLE q
I == INSTANCE SystemFifoInner
MCSpec == I!Init /\ [][BNext(q)]_<<in, out, q>> /\ I!Liv
TI == I!TypeInvariant /\ Len(q) <= N
IChanSpec == I!InChan!Spec
OChanSpec == I!OutChan!Spec
Delivered == (q # <<>>) ~> (Len(q) < N)
InnerQ == Inner(q)!TypeInvariant
====
