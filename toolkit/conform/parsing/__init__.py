"""What every front-end with a grammar shares: tokens, and an LALR parser on tables."""
