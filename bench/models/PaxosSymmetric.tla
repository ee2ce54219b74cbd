--------------------------- MODULE PaxosSymmetric ---------------------------
(* Paxos of two values, in which acceptors, and values, may change places. *)
EXTENDS Paxos, TLC

Symmetry == Permutations(Acceptors) \cup Permutations(Values)
=============================================================================
