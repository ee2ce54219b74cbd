---- MODULE ExtendsUserBase ----
EXTENDS Naturals
CONSTANT Period
VARIABLES clock, seen
LOCAL Hidden == 1
Base(c) == c + Hidden
Start == clock = 0
Tick == clock' = (clock + 1) % Period
====
