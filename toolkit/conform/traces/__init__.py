"""Traces from files and into files: TLC's text, TLC's JSON and the Informal Trace Format."""
