"""What a SAX parser is: readers, where they read from, and the attributes that they report."""
from xml.sax import handler
from xml.sax._exceptions import SAXNotRecognizedException, SAXNotSupportedException


def _accessors(cls, what, attribute, method):
    """Adds get<What>() and set<What>() for an attribute."""
    def get(self):
        return getattr(self, attribute)

    def put(self, value):
        setattr(self, attribute, value)
    for function, prefix in ((get, 'get'), (put, 'set')):
        function.__name__ = prefix + method
        function.__qualname__ = f'{cls.__name__}.{function.__name__}'
        function.__doc__ = f'{"Gives" if prefix == "get" else "Sets"} {what}.'
        setattr(cls, function.__name__, function)


def _unknown(kind):
    def refuse(self, name, *value):
        raise SAXNotRecognizedException(f"{kind} '{name}' not recognized")
    return refuse


def _abstract(words):
    def missing(self, *arguments):
        raise NotImplementedError(words)
    return missing


class XMLReader:
    """A parser with its handlers."""

    def __init__(self):
        for attribute, kind in (('_cont_handler', handler.ContentHandler), ('_dtd_handler', handler.DTDHandler),
                                ('_ent_handler', handler.EntityResolver), ('_err_handler', handler.ErrorHandler)):
            setattr(self, attribute, kind())

    def setLocale(self, locale):
        """The language of errors: there is only one."""
        raise SAXNotSupportedException('Locale support not implemented')

    parse = _abstract('This method must be implemented!')
    getFeature = setFeature = _unknown('Feature')
    getProperty = setProperty = _unknown('Property')


for _row in (('the handler of contents', '_cont_handler', 'ContentHandler'),
             ('the handler of the document type', '_dtd_handler', 'DTDHandler'),
             ('who says where entities are', '_ent_handler', 'EntityResolver'),
             ('the handler of errors', '_err_handler', 'ErrorHandler')):
    _accessors(XMLReader, *_row)


class IncrementalParser(XMLReader):
    """A reader that can be fed: feed(), close(), reset()."""

    def __init__(self, bufsize=2 ** 16):
        self._bufsize = bufsize
        super().__init__()

    def parse(self, source):
        """Reads a document in pieces."""
        from xml.sax import saxutils
        source = saxutils.prepare_input_source(source)
        self.prepareParser(source)
        file = source.getCharacterStream()
        if file is None:
            file = source.getByteStream()
        while data := file.read(self._bufsize):
            self.feed(data)
        self.close()

    feed = close = reset = _abstract('This method must be implemented!')
    prepareParser = _abstract('prepareParser must be overridden!')


class Locator:
    """Says where an event is; here, nobody knows."""

    def getColumnNumber(self):
        """The column."""
        return -1

    def getLineNumber(self):
        """The line."""
        return -1

    def getPublicId(self):
        """The public name of the document."""
        return None

    def getSystemId(self):
        """Where the document is."""
        return None


class InputSource:
    """Where a document comes from: a name, or an open file."""

    _public = _encoding = _bytes = _characters = None

    def __init__(self, system_id=None):
        self._system = system_id


for _row in (('the public name', '_public', 'PublicId'), ('where it is', '_system', 'SystemId'),
             ('the encoding', '_encoding', 'Encoding'), ('the open file of bytes', '_bytes', 'ByteStream'),
             ('the open file of text', '_characters', 'CharacterStream')):
    _accessors(InputSource, *_row)


class AttributesImpl:
    """The attributes of an element, as a mapping."""

    def __init__(self, attrs):
        self._attrs = attrs

    def getLength(self):
        """How many."""
        return len(self._attrs)

    def getType(self, name):
        """Of which type: always CDATA."""
        return 'CDATA'

    def getValue(self, name):
        """The value of one."""
        return self._attrs[name]

    def getValueByQName(self, name):
        """The value of one, by its name as written."""
        return self._attrs[name]

    def getNameByQName(self, name):
        """The name of one, by its name as written."""
        if name not in self._attrs:
            raise KeyError(name)
        return name

    def getQNameByName(self, name):
        """The name as written."""
        if name not in self._attrs:
            raise KeyError(name)
        return name

    def getNames(self):
        """All names."""
        return list(self._attrs.keys())

    def getQNames(self):
        """All names as written."""
        return list(self._attrs.keys())

    def __len__(self):
        return len(self._attrs)

    def __getitem__(self, name):
        return self._attrs[name]

    def keys(self):
        return list(self._attrs.keys())

    def __contains__(self, name):
        return name in self._attrs

    def get(self, name, alternative=None):
        return self._attrs.get(name, alternative)

    def copy(self):
        return self.__class__(self._attrs)

    def items(self):
        return list(self._attrs.items())

    def values(self):
        return list(self._attrs.values())


class AttributesNSImpl(AttributesImpl):
    """The same with names of (namespace, local name)."""

    def __init__(self, attrs, qnames):
        self._attrs, self._qnames = attrs, qnames

    def getNameByQName(self, name):
        for pair, written in self._qnames.items():
            if written == name:
                return pair
        raise KeyError(name)

    def getValueByQName(self, name):
        return self._attrs[self.getNameByQName(name)]

    def getQNameByName(self, name):
        return self._qnames[name]

    def getQNames(self):
        return list(self._qnames.values())

    def copy(self):
        return self.__class__(self._attrs, self._qnames)
