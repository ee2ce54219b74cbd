----------------------------- MODULE RealTime -------------------------------
(* "Specifying Systems", chapter 9: bounds on how long an action stays enabled, and how time passes.
   As in TLC, what is defined here can be read and not be checked. *)
EXTENDS Reals
VARIABLE now

RTBound(A, v, D, E) ==
  LET Step(t) == t' = IF <<A>>_v \/ ~ (ENABLED <<A>>_v)' THEN 0 ELSE t + (now' - now)
      Timer(t) == t = 0 /\ [][Step(t)]_<<t, v, now>>
      AtMost(t) == [](t <= E)
      AtLeast(t) == [][A => t >= D]_v
  IN  \EE t : Timer(t) /\ AtMost(t) /\ AtLeast(t)

RTnow(v) ==
  LET Advance == /\ now' \in {r \in Real : r > now}
                 /\ UNCHANGED v
  IN  /\ now \in Real
      /\ [][Advance]_now
      /\ \A r \in Real : WF_now(Advance /\ now' > r)
=============================================================================
