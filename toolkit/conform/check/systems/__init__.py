"""Rules about systems: a specification of one in Markdown, and the sources beside it."""
