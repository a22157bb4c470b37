"""The parsers: Expat."""
