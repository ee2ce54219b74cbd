---- MODULE OrderExtendedBase ----
EXTENDS Naturals
Few == {"two", "three"}
====
