"""The explorer: a Model's states, its properties' verdicts, shortest counterexamples, covers."""
