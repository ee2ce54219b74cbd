------------------------------ MODULE Awkward ------------------------------
(* Names and strings that mean something to Python. *)
EXTENDS Integers

CONSTANTS class, None, l

VARIABLES state, def, list, Self

vars == <<state, def, list, Self>>

Quote == "a\"b'c\\d \"\"\" # end"

TypeOK ==
    /\ state \in {"on", "off", Quote}
    /\ def \in 0..2
    /\ list \in [class -> {0, 1}]
    /\ Self \in BOOLEAN

Init ==
    /\ state = "off"
    /\ def = 0
    /\ list = [range \in class |-> 0]
    /\ Self = FALSE

\* """ os.system("x") """
perform(self, lambda) ==
    /\ def < lambda
    /\ list[self] = 0
    /\ list' = [list EXCEPT ![self] = 1]
    /\ def' = def + 1
    /\ state' = Quote
    /\ UNCHANGED Self

enabled == /\ def > 0
           /\ def' = def - 1
           /\ Self' = ~Self
           /\ UNCHANGED <<list, state>>

import(in) ==
    LET state1 == list[in] IN
    /\ state1 = 1
    /\ list' = [list EXCEPT ![in] = 0]
    /\ UNCHANGED <<state, def, Self>>

Next ==
    \/ \E self \in class, lambda \in 1..l : perform(self, lambda)
    \/ enabled
    \/ \E x \in class : import(x)

Spec == Init /\ [][Next]_vars

snapshot == state # "on"
=============================================================================
