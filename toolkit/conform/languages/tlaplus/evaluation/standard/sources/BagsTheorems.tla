---------------------------- MODULE BagsTheorems ----------------------------
(* The theorems are for provers; what they speak of is in the modules that this one extends. *)
EXTENDS Bags, FiniteSetTheorems
=============================================================================
