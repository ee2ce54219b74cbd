"""Liveness on the graph of all states: temporal properties under fairness, and lassos."""
