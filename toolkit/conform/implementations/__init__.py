"""Readers of the sources of implementations: what they declare, without compiling or running."""
