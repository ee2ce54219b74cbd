"""The formal lines of a document: from their text, by a grammar of their own, to a Model."""
