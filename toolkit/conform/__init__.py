"""Spec-to-code conformance: do a protocol's documents, models and code say and do the same?"""

__version__ = "0.1.0"
