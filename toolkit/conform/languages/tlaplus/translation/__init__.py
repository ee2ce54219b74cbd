"""From TLA+ formulas to Python source: the state machine that a module describes."""
