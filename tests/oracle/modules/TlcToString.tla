---- MODULE TlcToString ----
\* ToString: the text that TLC prints, with sets in its order of appearance.
EXTENDS Naturals, TLC
VARIABLE x
Texts == {ToString({"zz", "aa"}) = "{\"zz\", \"aa\"}", ToString(1..3) = "1..3",
          ToString([b |-> <<1, TRUE>>]) = "[b |-> <<1, TRUE>>]", ToString("a") = "\"a\"",
          ToString(7 :> 8) = "(7 :> 8)", ToString({}) = "{}", ToString(<<>>) = "<<>>"}
Init == x = Texts
Next == UNCHANGED x
Exact == x = {TRUE}
====
