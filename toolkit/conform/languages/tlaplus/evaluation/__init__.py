"""What TLA+ formulas mean: closures over states, as TLC evaluates them."""
