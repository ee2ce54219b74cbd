"""Checkpoints: what a search keeps in a folder, to go on from after a break."""
