"""Hand-written reference implementations of the protocols under `specs/`, one package each."""
