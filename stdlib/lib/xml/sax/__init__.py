"""SAX: a document as events. parse() and parseString() read it, a ContentHandler is told."""
from xml.sax._exceptions import (
    SAXException, SAXNotRecognizedException, SAXNotSupportedException, SAXParseException, SAXReaderNotAvailable,
)
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import InputSource

default_parser_list = ['xml.sax.expatreader']


def make_parser(parser_list=()):
    """A reader, from the first module that can be imported."""
    import importlib
    for name in (*parser_list, *default_parser_list):
        try:
            return importlib.import_module(name).create_parser()
        except (ImportError, SAXReaderNotAvailable):
            continue
    raise SAXReaderNotAvailable('No parsers found', None)


def parse(source, handler, errorHandler=ErrorHandler()):
    """Reads a document, by name or open."""
    parser = make_parser()
    parser.setContentHandler(handler)
    parser.setErrorHandler(errorHandler)
    parser.parse(source)


def parseString(string, handler, errorHandler=ErrorHandler()):
    """Reads a document in a text."""
    import io
    source = InputSource()
    if isinstance(string, str):
        source.setCharacterStream(io.StringIO(string))
    else:
        source.setByteStream(io.BytesIO(string))
    parse(source, handler, ErrorHandler() if errorHandler is None else errorHandler)
