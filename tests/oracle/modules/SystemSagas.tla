---- MODULE SystemSagas ----
EXTENDS SystemSagasModel
CONSTANTS s1, s2, w1, w2
MCSteps == <<[name |-> "reserve", risky |-> FALSE], [name |-> "charge", risky |-> TRUE], [name |-> "ship", risky |-> TRUE]>>
====
