"""Evaluation of formal lines: closures over states, with the slots that each of them reads."""
