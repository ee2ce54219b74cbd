---- MODULE ExtendsUser ----
\* EXTENDS of a module of the user, which declares variables and constants.
EXTENDS ExtendsUserBase
Next == Tick /\ seen' = seen \cup {Base(clock)}
Init == Start /\ seen = {}
====
