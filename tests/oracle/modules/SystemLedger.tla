---- MODULE SystemLedger ----
EXTENDS SystemLedgerModel
CONSTANTS a1, a2, u1, u2
====
