"""What SAX raises."""


class SAXException(Exception):
    """An error of XML or of the program; with the exception that it came from."""

    def __init__(self, msg, exception=None):
        super().__init__(msg)
        self._msg, self._exception = msg, exception

    def getMessage(self):
        """The words."""
        return self._msg

    def getException(self):
        """The exception that it came from, or None."""
        return self._exception

    def __str__(self):
        return self._msg

    def __getitem__(self, index):
        raise AttributeError('__getitem__')


class SAXParseException(SAXException):
    """An error at a place of a document."""

    def __init__(self, msg, exception, locator):
        super().__init__(msg, exception)
        self._locator = locator
        self._systemId = locator.getSystemId()
        self._colnum, self._linenum = locator.getColumnNumber(), locator.getLineNumber()

    def getColumnNumber(self):
        """The column."""
        return self._colnum

    def getLineNumber(self):
        """The line."""
        return self._linenum

    def getPublicId(self):
        """The public name of the document."""
        return self._locator.getPublicId()

    def getSystemId(self):
        """Where the document is."""
        return self._systemId

    def __str__(self):
        def shown(value, missing='?'):
            return missing if value is None else value
        return f'{shown(self._systemId, "<unknown>")}:{shown(self._linenum)}:{shown(self._colnum)}: {self._msg}'


class SAXNotRecognizedException(SAXException):
    """Nobody knows this feature or property."""


class SAXNotSupportedException(SAXException):
    """This reader does not have it."""


class SAXReaderNotAvailable(SAXNotSupportedException):
    """The parser is not there."""
