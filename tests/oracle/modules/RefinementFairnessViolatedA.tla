---- MODULE RefinementFairnessViolatedA ----
EXTENDS Naturals
VARIABLE h
Up == h < 9 /\ h' = h + 5
Fair == WF_h(Up)
====
