"""The bases of codecs whose characters take one byte or more, as CPython's codecs for Chinese, Japanese and Korean have them.

Gila has no such codecs of its own; programs that ask whether a codec is one of these are answered with no.
"""
import codecs


class MultibyteIncrementalEncoder(codecs.BufferedIncrementalEncoder):
    """Encodes in pieces; a character may need the ones after it."""


class MultibyteIncrementalDecoder(codecs.BufferedIncrementalDecoder):
    """Decodes in pieces, at any byte."""


class MultibyteStreamReader(codecs.StreamReader):
    """A file of such an encoding, to read."""


class MultibyteStreamWriter(codecs.StreamWriter):
    """A file of such an encoding, to write."""
