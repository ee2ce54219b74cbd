------------------------------- MODULE Option -------------------------------
(* A value that may be missing: a variant `Some` with it, or `None`. *)
EXTENDS Variants, Apalache

Some(value) == Variant("Some", value)

None == Variant("None", UNIT)

IsSome(o) == VariantTag(o) = "Some"

IsNone(o) == VariantTag(o) = "None"

OptionCase(o, IfSome(_), IfNone(_)) ==
  IF IsSome(o) THEN IfSome(VariantGetUnsafe("Some", o)) ELSE IfNone(UNIT)

OptionToSeq(o) == IF IsSome(o) THEN <<VariantGetUnsafe("Some", o)>> ELSE << >>

OptionToSet(o) == IF IsSome(o) THEN {VariantGetUnsafe("Some", o)} ELSE {}

OptionGetOrElse(o, default) == VariantGetOrElse("Some", o, default)

OptionFlatMap(F(_), o) == IF IsSome(o) THEN F(VariantGetUnsafe("Some", o)) ELSE None

OptionGuess(S) == IF S = {} THEN None ELSE Some(Guess(S))
=============================================================================
