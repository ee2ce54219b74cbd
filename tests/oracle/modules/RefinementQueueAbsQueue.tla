---- MODULE RefinementQueueAbsQueue ----
EXTENDS Sequences, Naturals
CONSTANTS Msg, Max
VARIABLE items
Init == items = <<>>
Put == \E m \in Msg : Len(items) < Max /\ items' = Append(items, m)
Get == items # <<>> /\ items' = Tail(items)
Next == Put \/ Get
Spec == Init /\ [][Next]_items
Drains == []<>(items = <<>> \/ Len(items) < Max)
====
