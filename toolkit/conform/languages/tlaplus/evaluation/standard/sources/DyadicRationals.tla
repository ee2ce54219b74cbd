-------------------------- MODULE DyadicRationals ---------------------------
(* Fractions whose denominator is a power of two, in lowest terms: records with `num` and `den`. *)
LOCAL INSTANCE Integers

Zero == [num |-> 0, den |-> 1]
One == [num |-> 1, den |-> 1]

IsDyadicRational(r) == \E i \in 0 .. r.den : r.den = 2 ^ i

Reduce(p) ==
  LET RECURSIVE Halved(_, _)
      Halved(n, d) == IF d > 1 /\ n % 2 = 0 THEN Halved(n \div 2, d \div 2)
                                            ELSE [num |-> n, den |-> d]
  IN  Halved(p.num, p.den)

Add(p, q) ==
  LET den == IF p.den > q.den THEN p.den ELSE q.den
  IN  Reduce([num |-> p.num * (den \div p.den) + q.num * (den \div q.den), den |-> den])

Half(p) == Reduce([num |-> p.num, den |-> p.den * 2])
=============================================================================
