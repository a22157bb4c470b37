"""What a SAX parser is: readers, where they read from, and the attributes that they report."""
from xml.sax import handler
from xml.sax._exceptions import SAXNotRecognizedException, SAXNotSupportedException


class XMLReader:
    """A parser with its handlers."""

    def __init__(self):
        self._cont_handler, self._dtd_handler = handler.ContentHandler(), handler.DTDHandler()
        self._ent_handler, self._err_handler = handler.EntityResolver(), handler.ErrorHandler()

    def parse(self, source):
        """Reads a document."""
        raise NotImplementedError('This method must be implemented!')

    def getContentHandler(self):
        """The handler of contents."""
        return self._cont_handler

    def setContentHandler(self, handler):
        """Sets the handler of contents."""
        self._cont_handler = handler

    def getDTDHandler(self):
        """The handler of the document type."""
        return self._dtd_handler

    def setDTDHandler(self, handler):
        """Sets the handler of the document type."""
        self._dtd_handler = handler

    def getEntityResolver(self):
        """Who says where entities are."""
        return self._ent_handler

    def setEntityResolver(self, resolver):
        """Sets who says where entities are."""
        self._ent_handler = resolver

    def getErrorHandler(self):
        """The handler of errors."""
        return self._err_handler

    def setErrorHandler(self, handler):
        """Sets the handler of errors."""
        self._err_handler = handler

    def setLocale(self, locale):
        """The language of errors."""
        raise SAXNotSupportedException('Locale support not implemented')

    def getFeature(self, name):
        """Is a feature on?"""
        raise SAXNotRecognizedException("Feature '%s' not recognized" % name)

    def setFeature(self, name, state):
        """Turns a feature on or off."""
        raise SAXNotRecognizedException("Feature '%s' not recognized" % name)

    def getProperty(self, name):
        """A property."""
        raise SAXNotRecognizedException("Property '%s' not recognized" % name)

    def setProperty(self, name, value):
        """Sets a property."""
        raise SAXNotRecognizedException("Property '%s' not recognized" % name)


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

    def feed(self, data):
        """Takes a piece of text."""
        raise NotImplementedError('This method must be implemented!')

    def prepareParser(self, source):
        """Called before the first piece."""
        raise NotImplementedError('prepareParser must be overridden!')

    def close(self):
        """The end of the text."""
        raise NotImplementedError('This method must be implemented!')

    def reset(self):
        """Ready for another document."""
        raise NotImplementedError('This method must be implemented!')


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

    def __init__(self, system_id=None):
        self.__system_id, self.__public_id, self.__encoding = system_id, None, None
        self.__bytes = self.__characters = None

    def setPublicId(self, public_id):
        self.__public_id = public_id

    def getPublicId(self):
        return self.__public_id

    def setSystemId(self, system_id):
        self.__system_id = system_id

    def getSystemId(self):
        return self.__system_id

    def setEncoding(self, encoding):
        self.__encoding = encoding

    def getEncoding(self):
        return self.__encoding

    def setByteStream(self, bytefile):
        self.__bytes = bytefile

    def getByteStream(self):
        return self.__bytes

    def setCharacterStream(self, charfile):
        self.__characters = charfile

    def getCharacterStream(self):
        return self.__characters


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
