---- MODULE InstanceUnchangedA ----
EXTENDS Naturals
VARIABLE h, g
hg == <<h, g>>
Up == h < 3 /\ h' = h + 1 /\ UNCHANGED g
Down == h > 2 /\ g' = 1 - g /\ UNCHANGED <<h>>
Keep == UNCHANGED hg
====
