"""The SAX parser over Expat."""
import weakref

from xml.parsers import expat
from xml.sax import handler, xmlreader
from xml.sax._exceptions import SAXNotRecognizedException, SAXNotSupportedException, SAXParseException

version = '0.20'
AttributesImpl, AttributesNSImpl = xmlreader.AttributesImpl, xmlreader.AttributesNSImpl


class ExpatLocator(xmlreader.Locator):
    """The place where the parser is."""

    def __init__(self, parser):
        self._ref = weakref.ref(parser)

    def _ask(self, attribute, missing):
        reader = self._ref()
        parser = reader and reader._parser
        return missing if parser is None else getattr(parser, attribute)

    def getColumnNumber(self):
        return self._ask('ErrorColumnNumber', None)

    def getLineNumber(self):
        return self._ask('ErrorLineNumber', 1)

    def getPublicId(self):
        reader = self._ref()
        return reader and reader._source.getPublicId()

    def getSystemId(self):
        reader = self._ref()
        return reader and reader._source.getSystemId()


class ExpatParser(xmlreader.IncrementalParser, xmlreader.Locator):
    """A reader over Expat, with and without namespaces."""

    def __init__(self, namespaceHandling=0, bufsize=2 ** 16 - 20):
        super().__init__(bufsize)
        self._source = xmlreader.InputSource()
        self._parser = None
        self._namespaces = namespaceHandling
        self._lex_handler_prop = None
        self._parsing = False
        self._entity_stack = []
        self._external_ges = 0
        self._interning = None

    # --- features and properties ---

    def getFeature(self, name):
        known = {handler.feature_namespaces: self._namespaces,
                 handler.feature_string_interning: self._interning is not None,
                 handler.feature_external_ges: self._external_ges}
        if name in known:
            return known[name]
        if name in (handler.feature_validation, handler.feature_external_pes, handler.feature_namespace_prefixes):
            return 0
        raise SAXNotRecognizedException("Feature '%s' not recognized" % name)

    def setFeature(self, name, state):
        if self._parsing:
            raise SAXNotSupportedException('Cannot set features while parsing')
        if name == handler.feature_namespaces:
            self._namespaces = state
        elif name == handler.feature_external_ges:
            self._external_ges = state
        elif name == handler.feature_string_interning:
            self._interning = (self._interning or {}) if state else None
        elif name in (handler.feature_validation, handler.feature_external_pes, handler.feature_namespace_prefixes):
            if state:
                what = {handler.feature_validation: 'expat does not support validation',
                        handler.feature_external_pes: 'expat does not read external parameter entities',
                        handler.feature_namespace_prefixes: 'expat does not report namespace prefixes'}[name]
                raise SAXNotSupportedException(what)
        else:
            raise SAXNotRecognizedException("Feature '%s' not recognized" % name)

    def getProperty(self, name):
        if name == handler.property_lexical_handler:
            return self._lex_handler_prop
        if name == handler.property_interning_dict:
            return self._interning
        if name == handler.property_xml_string:
            if self._parser:
                return self._parser.GetInputContext()
            raise SAXNotSupportedException('This parser does not support getting the XML string')
        raise SAXNotRecognizedException("Property '%s' not recognized" % name)

    def setProperty(self, name, value):
        if name == handler.property_lexical_handler:
            self._lex_handler_prop = value
            if self._parsing:
                self._set_lexical()
        elif name == handler.property_interning_dict:
            self._interning = value
        elif name == handler.property_xml_string:
            raise SAXNotSupportedException("Property '%s' cannot be set" % name)
        else:
            raise SAXNotRecognizedException("Property '%s' not recognized" % name)

    # --- reading ---

    def parse(self, source):
        """Reads a document."""
        from xml.sax import saxutils
        source = saxutils.prepare_input_source(source)
        self._source = source
        try:
            self.reset()
            self._cont_handler.setDocumentLocator(ExpatLocator(self))
            super().parse(source)
        except BaseException:
            self._close_source()
            raise

    def prepareParser(self, source):
        if source.getSystemId() is not None:
            self._parser.SetBase(source.getSystemId())

    def setContentHandler(self, handler):
        super().setContentHandler(handler)
        if self._parsing:
            self._set_content()

    def feed(self, data, isFinal=False):
        """Takes a piece of text."""
        if not self._parsing:
            self.reset()
            self._parsing = True
            self._cont_handler.startDocument()
        try:
            self._parser.Parse(data, isFinal)
        except expat.error as error:
            self._err_handler.fatalError(SAXParseException(expat.ErrorString(error.code), error, self))

    def _close_source(self):
        for file in (self._source.getCharacterStream(), self._source.getByteStream()):
            if file is not None:
                file.close()
                break

    def close(self):
        """The end of the text."""
        if self._entity_stack or self._parser is None or isinstance(self._parser, _Finished):
            return
        try:
            self.feed(b'', isFinal=True)
            self._cont_handler.endDocument()
            self._parsing = False
            self._parser.DefaultHandler = None
        finally:
            self._parsing = False
            if self._parser is not None:
                self._parser = _Finished(self._parser)
            self._close_source()

    def reset(self):
        """Ready for another document."""
        separator = ' ' if self._namespaces else None
        self._parser = expat.ParserCreate(self._source.getEncoding(), separator, self._interning or {})
        if self._namespaces:
            self._parser.namespace_prefixes = 1
        self._set_content()
        self._parser.UnparsedEntityDeclHandler = lambda name, base, system, public, notation: \
            self._dtd_handler.unparsedEntityDecl(name, public, system, notation)
        self._parser.NotationDeclHandler = lambda name, base, system, public: \
            self._dtd_handler.notationDecl(name, public, system)
        self._parser.ExternalEntityRefHandler = self._external_entity
        self._parser.SkippedEntityHandler = lambda name, parameter: \
            self._cont_handler.skippedEntity('%' + name if parameter else name)
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)
        self._set_lexical()
        self._parsing = False
        self._entity_stack = []

    def _set_content(self):
        parser, target = self._parser, self._cont_handler
        parser.StartElementHandler = self._start_ns if self._namespaces else (
            lambda name, attributes: target.startElement(name, AttributesImpl(attributes)))
        parser.EndElementHandler = self._end_ns if self._namespaces else target.endElement
        parser.StartNamespaceDeclHandler = target.startPrefixMapping
        parser.EndNamespaceDeclHandler = target.endPrefixMapping
        parser.ProcessingInstructionHandler = target.processingInstruction
        parser.CharacterDataHandler = target.characters

    def _set_lexical(self):
        parser, lexical = self._parser, self._lex_handler_prop
        parser.CommentHandler = lexical and lexical.comment
        parser.StartCdataSectionHandler = lexical and lexical.startCDATA
        parser.EndCdataSectionHandler = lexical and lexical.endCDATA
        parser.StartDoctypeDeclHandler = lexical and (
            lambda name, system, public, internal: lexical.startDTD(name, public, system))
        parser.EndDoctypeDeclHandler = lexical and lexical.endDTD

    @staticmethod
    def _names(name):
        """((namespace, local name), name as written) of what Expat says."""
        parts = name.split()
        if len(parts) == 1:
            return (None, name), name
        written = f'{parts[2]}:{parts[1]}' if len(parts) == 3 else parts[1]
        return (parts[0], parts[1]), written

    def _start_ns(self, name, attributes):
        pair = self._names(name)[0]
        values, qnames = {}, {}
        for key, value in attributes.items():
            attribute, qname = self._names(key)
            values[attribute], qnames[attribute] = value, qname
        self._cont_handler.startElementNS(pair, None, AttributesNSImpl(values, qnames))

    def _end_ns(self, name):
        self._cont_handler.endElementNS(self._names(name)[0], None)

    def _external_entity(self, context, base, system, public):
        if not self._external_ges:
            return 1
        from xml.sax import saxutils
        source = saxutils.prepare_input_source(self._ent_handler.resolveEntity(public, system),
                                               self._source.getSystemId() or '')
        self._entity_stack.append((self._parser, self._source))
        self._parser = self._parser.ExternalEntityParserCreate(context)
        self._source = source
        try:
            xmlreader.IncrementalParser.parse(self, source)
        except Exception:
            return 0
        finally:
            self._parser, self._source = self._entity_stack.pop()
        return 1

    # --- where it is ---

    def getColumnNumber(self):
        return None if self._parser is None else self._parser.ErrorColumnNumber

    def getLineNumber(self):
        return 1 if self._parser is None else self._parser.ErrorLineNumber

    def getPublicId(self):
        return self._source.getPublicId()

    def getSystemId(self):
        return self._source.getSystemId()


class _Finished:
    """What is left of a parser: where it was."""

    def __init__(self, parser):
        self.ErrorColumnNumber, self.ErrorLineNumber = parser.ErrorColumnNumber, parser.ErrorLineNumber


def create_parser(*args, **kwargs):
    """A new reader."""
    return ExpatParser(*args, **kwargs)
