"""Sentences of documents that say what a protocol does, read as claims and held against a model."""
