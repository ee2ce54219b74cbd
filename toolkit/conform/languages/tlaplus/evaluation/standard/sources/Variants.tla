------------------------------ MODULE Variants ------------------------------
(* Values of several types in one set: records with the name of the type, `tag`, and a `value`. *)

UNIT == "U_OF_UNIT"

Variant(tag, value) == [tag |-> tag, value |-> value]

VariantTag(v) == v.tag

VariantFilter(tag, S) == {v.value : v \in {w \in S : w.tag = tag}}

VariantGetUnsafe(tag, v) == v.value

VariantGetOrElse(tag, v, default) == IF v.tag = tag THEN v.value ELSE default
=============================================================================
