--------------------------- MODULE Combinatorics ----------------------------
(* How many ways there are to order n things, and to choose k of them. *)
LOCAL INSTANCE Naturals

factorial(n) ==
  LET product[i \in 0 .. n] == IF i = 0 THEN 1 ELSE i * product[i - 1]
  IN  product[n]

choose(n, k) ==
  LET count[i \in 0 .. k] == IF i = 0 THEN 1 ELSE (count[i - 1] * (n - i + 1)) \div i
  IN  IF k > n THEN 0 ELSE count[k]
=============================================================================
