"""TLA+: text to syntax tree, to what it says (Spec), to what it does (Model)."""
