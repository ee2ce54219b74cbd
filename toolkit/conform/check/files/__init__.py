"""The files of a project: their names, symbols, headings and lines."""
