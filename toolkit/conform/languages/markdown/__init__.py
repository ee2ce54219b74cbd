"""Markdown: a canonical spec document to what it says (Spec), its mapping tables included."""
