"""The columnar engine: whole levels of a search at a time, on arrays, by remembered answers."""
