---- MODULE InstanceExtended ----
\* What an extended module instantiates comes with it.
EXTENDS InstanceExtendedMid, Naturals
VARIABLES t
Init == t = Start
Next == t' = (t + Step) % 6
====
