"""The exceptions of email, and the defects: what a parser found wrong with a message and went on in spite of."""


class MessageError(Exception):
    """What all exceptions of this package derive from."""


class MessageParseError(MessageError):
    """A message cannot be read."""


class HeaderParseError(MessageParseError):
    """A header cannot be read, or could not be read again if it were written like that."""


class BoundaryError(MessageParseError):
    """The end of a multipart could not be found. (Nothing raises it any more.)"""


class MultipartConversionError(MessageError, TypeError):
    """A part was to be added to a message that is no multipart."""


class CharsetError(MessageError):
    """Text does not fit its charset."""


class HeaderWriteError(MessageError):
    """A header would not be one when it is written: it lacks a line end, or has one too many."""


class MessageDefect(ValueError):
    """What all defects derive from. `line` is the line at which it was noticed, where that is known."""

    def __init__(self, line=None):
        if line is not None:
            super().__init__(line)
        self.line = line


class NoBoundaryInMultipartDefect(MessageDefect):
    """A multipart does not say its boundary."""


class StartBoundaryNotFoundDefect(MessageDefect):
    """The boundary that the header names does not occur."""


class CloseBoundaryNotFoundDefect(MessageDefect):
    """The last boundary is missing."""


class FirstHeaderLineIsContinuationDefect(MessageDefect):
    """The first line of the headers continues nothing."""


class MisplacedEnvelopeHeaderDefect(MessageDefect):
    """A 'From ' line stands among the headers."""


class MissingHeaderBodySeparatorDefect(MessageDefect):
    """A line is neither header nor continuation, and no empty line stands before it."""


MalformedHeaderDefect = MissingHeaderBodySeparatorDefect


class MultipartInvariantViolationDefect(MessageDefect):
    """A message says that it is a multipart and has no parts."""


class InvalidMultipartContentTransferEncodingDefect(MessageDefect):
    """A multipart says that it is encoded as a whole."""


class UndecodableBytesDefect(MessageDefect):
    """A header has bytes that are no text."""


class InvalidBase64PaddingDefect(MessageDefect):
    """The padding of base64 data is wrong."""


class InvalidBase64CharactersDefect(MessageDefect):
    """Base64 data has other characters in it."""


class InvalidBase64LengthDefect(MessageDefect):
    """Base64 data has a length that cannot be: one more than a multiple of four."""


class HeaderDefect(MessageDefect):
    """What the defects of headers derive from."""

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)


class InvalidHeaderDefect(HeaderDefect):
    """A header is not valid."""


class HeaderMissingRequiredValue(HeaderDefect):
    """A header that must have a value has none."""


class NonPrintableDefect(HeaderDefect):
    """A header has control characters."""

    def __init__(self, non_printables):
        super().__init__(non_printables)
        self.non_printables = non_printables

    def __str__(self):
        return f'the following ASCII non-printables found in header: {self.non_printables}'


class ObsoleteHeaderDefect(HeaderDefect):
    """A header uses forms that must not be made any more."""


class NonASCIILocalPartDefect(HeaderDefect):
    """The part of an address before the @ is not ASCII."""


class InvalidDateDefect(HeaderDefect):
    """A date cannot be read."""
