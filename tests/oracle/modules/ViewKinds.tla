---- MODULE ViewKinds ----
\* VIEW: its values may be of several kinds, as they are never compared.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' \in 0..3
Kind == IF x < 2 THEN x ELSE "large"
====
