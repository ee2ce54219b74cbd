"""The stages of `conform check`, a file each."""
