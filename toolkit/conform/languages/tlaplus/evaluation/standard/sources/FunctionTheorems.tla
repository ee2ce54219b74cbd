-------------------------- MODULE FunctionTheorems --------------------------
(* The theorems are for provers; what they speak of is in Functions. *)
EXTENDS Functions, Integers, TLAPS
=============================================================================
