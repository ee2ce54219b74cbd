---- MODULE ToStringFunctions ----
\* ToString of sequences, records and functions.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = ""
Next == \/ x' = ToString(<<1, <<>>, "a">>)
        \/ x' = ToString([a |-> 1])
        \/ x' = ToString(3 :> 1 @@ 5 :> {2})
        \/ x = "<<1, <<>>, \"a\">>" /\ x' = "sequence"
        \/ x = "[a |-> 1]" /\ x' = "record"
        \/ x = "(3 :> 1 @@ 5 :> {2})" /\ x' = "function"
====
