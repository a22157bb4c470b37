"""XML: parsers (Expat) and trees of elements."""
__all__ = ['dom', 'parsers', 'sax', 'etree']
