"""Specification languages: a folder each, none of which imports another."""
