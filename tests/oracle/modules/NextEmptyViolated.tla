---- MODULE NextEmptyViolated ----
\* What the initial states violate comes before that there is no action.
EXTENDS NextEmpty
Inv == x = 1
====
