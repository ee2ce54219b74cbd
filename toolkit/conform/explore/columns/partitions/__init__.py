"""One search by several processes: each keeps the states that it owns, and meets them alone."""
