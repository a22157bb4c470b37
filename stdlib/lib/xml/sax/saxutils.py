"""Around SAX: escaping, writing events as XML, filters between a parser and a handler."""
import codecs
import io
import os
import urllib.parse

from xml.sax import handler, xmlreader


def _replaced(text, entities):
    for character, written in entities.items():
        text = text.replace(character, written)
    return text


def escape(data, entities={}):
    """&, < and > (and what `entities` says) as XML writes them."""
    return _replaced(data.replace('&', '&amp;').replace('>', '&gt;').replace('<', '&lt;'), entities)


def unescape(data, entities={}):
    """The other way."""
    return _replaced(data.replace('&lt;', '<').replace('&gt;', '>'), entities).replace('&amp;', '&')


def quoteattr(data, entities={}):
    """A value of an attribute, with its quotes."""
    data = escape(data, {**entities, '\n': '&#10;', '\r': '&#13;', '\t': '&#9;'})
    if '"' not in data:
        return f'"{data}"'
    if "'" not in data:
        return f"'{data}'"
    return '"%s"' % data.replace('"', '&quot;')


def _text_writer(out, encoding):
    if isinstance(out, (io.TextIOBase, codecs.StreamWriter, codecs.StreamReaderWriter)):
        return out
    if isinstance(out, io.RawIOBase):
        binary = io.BufferedWriter(out)
    else:
        binary = io.BufferedIOBase()
        binary.writable = lambda: True
        binary.write = out.write
        for name in ('seekable', 'tell'):
            if hasattr(out, name):
                setattr(binary, name, getattr(out, name))
    binary.close = lambda: None
    return io.TextIOWrapper(binary, encoding=encoding, errors='xmlcharrefreplace', newline='\n', write_through=True)


class XMLGenerator(handler.ContentHandler):
    """Writes the events that it gets as XML."""

    def __init__(self, out=None, encoding='iso-8859-1', short_empty_elements=False):
        super().__init__()
        if out is None:
            import sys
            out = sys.stdout
        out = _text_writer(out, encoding)
        self._write, self._flush = out.write, out.flush
        self._out, self._encoding, self._short = out, encoding, short_empty_elements
        self._spaces = [{'http://www.w3.org/XML/1998/namespace': 'xml'}]
        self._new_spaces = []
        self._open = False

    def _qname(self, name):
        uri, local = name
        if not uri:
            return local
        prefix = self._spaces[-1][uri]
        return f'{prefix}:{local}' if prefix else local

    def _finish(self):
        if self._open:
            self._write('>')
            self._open = False

    def _start(self, name, attributes):
        self._finish()
        self._write('<' + name)
        for prefix, uri in self._new_spaces:
            self._write(f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"')
        self._new_spaces = []
        for key, value in attributes:
            self._write(f' {key}={quoteattr(value)}')
        if self._short:
            self._open = True
        else:
            self._write('>')

    def _end(self, name):
        if self._open:
            self._write('/>')
            self._open = False
        else:
            self._write(f'</{name}>')

    def startDocument(self):
        self._write(f'<?xml version="1.0" encoding="{self._encoding}"?>\n')

    def endDocument(self):
        self._flush()

    def startPrefixMapping(self, prefix, uri):
        self._spaces.append({**self._spaces[-1], uri: prefix})
        self._new_spaces.append((prefix, uri))

    def endPrefixMapping(self, prefix):
        self._spaces.pop()

    def startElement(self, name, attrs):
        self._start(name, attrs.items())

    def endElement(self, name):
        self._end(name)

    def startElementNS(self, name, qname, attrs):
        self._start(self._qname(name), [(self._qname(key), value) for key, value in attrs.items()])

    def endElementNS(self, name, qname):
        self._end(self._qname(name))

    def _text(self, content):
        return content if isinstance(content, str) else str(content, self._encoding)

    def characters(self, content):
        if content:
            self._finish()
            self._write(escape(self._text(content)))

    def ignorableWhitespace(self, content):
        if content:
            self._finish()
            self._write(self._text(content))

    def processingInstruction(self, target, data):
        self._finish()
        self._write(f'<?{target} {data}?>')


class XMLFilterBase(xmlreader.XMLReader):
    """Stands between a reader and its handlers; passes everything on."""

    def __init__(self, parent=None):
        super().__init__()
        self._parent = parent

    def parse(self, source):
        """Lets the parent read, with this as its handlers."""
        self._parent.setContentHandler(self)
        self._parent.setErrorHandler(self)
        self._parent.setEntityResolver(self)
        self._parent.setDTDHandler(self)
        self._parent.parse(source)

    def getParent(self):
        """The reader behind."""
        return self._parent

    def setParent(self, parent):
        """Sets the reader behind."""
        self._parent = parent

    def setLocale(self, locale):
        self._parent.setLocale(locale)

    def getFeature(self, name):
        return self._parent.getFeature(name)

    def setFeature(self, name, state):
        self._parent.setFeature(name, state)

    def getProperty(self, name):
        return self._parent.getProperty(name)

    def setProperty(self, name, value):
        self._parent.setProperty(name, value)


def _passing(attribute, name):
    def event(self, *arguments):
        return getattr(getattr(self, attribute), name)(*arguments)
    event.__name__ = name
    return event


for _attribute, _names in (
        ('_err_handler', ('error', 'fatalError', 'warning')),
        ('_dtd_handler', ('notationDecl', 'unparsedEntityDecl')),
        ('_ent_handler', ('resolveEntity',)),
        ('_cont_handler', ('setDocumentLocator', 'startDocument', 'endDocument', 'startPrefixMapping',
                           'endPrefixMapping', 'startElement', 'endElement', 'startElementNS', 'endElementNS',
                           'characters', 'ignorableWhitespace', 'processingInstruction', 'skippedEntity'))):
    for _name in _names:
        setattr(XMLFilterBase, _name, _passing(_attribute, _name))


def prepare_input_source(source, base=''):
    """An InputSource that is open, from a name, a file or another one."""
    if isinstance(source, os.PathLike):
        source = os.fspath(source)
    if isinstance(source, str):
        source = xmlreader.InputSource(source)
    elif hasattr(source, 'read'):
        file, source = source, xmlreader.InputSource()
        if isinstance(file.read(0), str):
            source.setCharacterStream(file)
        else:
            source.setByteStream(file)
        if isinstance(getattr(file, 'name', None), str):
            source.setSystemId(file.name)
    if source.getCharacterStream() is None and source.getByteStream() is None:
        name = source.getSystemId()
        path = os.path.join(os.path.dirname(os.path.normpath(base)), name)
        if os.path.isfile(path):
            source.setSystemId(path)
            source.setByteStream(open(path, 'rb'))
        else:
            import urllib.request
            source.setSystemId(urllib.parse.urljoin(base, name))
            source.setByteStream(urllib.request.urlopen(source.getSystemId()))
    return source
