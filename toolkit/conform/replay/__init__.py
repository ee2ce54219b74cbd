"""Traces run against an implementation, its state compared with the model's at each step."""
