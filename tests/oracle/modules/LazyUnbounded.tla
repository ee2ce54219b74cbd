---- MODULE LazyUnbounded ----
\* What has no set to range over is no error until it is evaluated.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = IF x = 5 THEN CHOOSE n : n > 3 ELSE (x + 1) % 4
Small == x = 7 => \A n : n = x
====
