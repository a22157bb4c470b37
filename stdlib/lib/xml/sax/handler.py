"""What a program answers a SAX parser with: classes to derive from; and the names of features and properties."""
version = '2.0beta'


class ErrorHandler:
    """Errors are raised, warnings printed."""

    def error(self, exception):
        """The parser may go on."""
        raise exception

    def fatalError(self, exception):
        """The parser cannot go on."""
        raise exception

    def warning(self, exception):
        """Nothing that matters."""
        print(exception)


class ContentHandler:
    """The contents of a document, event by event. Here, nothing is done."""

    def __init__(self):
        self._locator = None

    def setDocumentLocator(self, locator):
        """Tells who knows the place in the document."""
        self._locator = locator

    def startDocument(self):
        """The document begins."""

    def endDocument(self):
        """The document ends."""

    def startPrefixMapping(self, prefix, uri):
        """A prefix means a namespace from here on."""

    def endPrefixMapping(self, prefix):
        """It means that no longer."""

    def startElement(self, name, attrs):
        """An element begins."""

    def endElement(self, name):
        """An element ends."""

    def startElementNS(self, name, qname, attrs):
        """An element begins; its name is (namespace, local name)."""

    def endElementNS(self, name, qname):
        """An element ends."""

    def characters(self, content):
        """Text, maybe in several pieces."""

    def ignorableWhitespace(self, whitespace):
        """Spaces that mean nothing."""

    def processingInstruction(self, target, data):
        """A processing instruction."""

    def skippedEntity(self, name):
        """An entity that the parser has left out."""


class DTDHandler:
    """Declarations of a document type."""

    def notationDecl(self, name, publicId, systemId):
        """A notation."""

    def unparsedEntityDecl(self, name, publicId, systemId, ndata):
        """An entity that is no XML."""


class EntityResolver:
    """Says where external entities are."""

    def resolveEntity(self, publicId, systemId):
        """A system identifier, or an InputSource."""
        return systemId


class LexicalHandler:
    """Comments, CDATA sections and the document type."""

    def comment(self, content):
        """A comment."""

    def startDTD(self, name, public_id, system_id):
        """The document type begins."""

    def endDTD(self):
        """It ends."""

    def startCDATA(self):
        """A CDATA section begins."""

    def endCDATA(self):
        """It ends."""


feature_namespaces = 'http://xml.org/sax/features/namespaces'
feature_namespace_prefixes = 'http://xml.org/sax/features/namespace-prefixes'
feature_string_interning = 'http://xml.org/sax/features/string-interning'
feature_validation = 'http://xml.org/sax/features/validation'
feature_external_ges = 'http://xml.org/sax/features/external-general-entities'
feature_external_pes = 'http://xml.org/sax/features/external-parameter-entities'
all_features = [feature_namespaces, feature_namespace_prefixes, feature_string_interning, feature_validation,
                feature_external_ges, feature_external_pes]

property_lexical_handler = 'http://xml.org/sax/properties/lexical-handler'
property_declaration_handler = 'http://xml.org/sax/properties/declaration-handler'
property_dom_node = 'http://xml.org/sax/properties/dom-node'
property_xml_string = 'http://xml.org/sax/properties/xml-string'
property_encoding = 'http://www.python.org/sax/properties/encoding'
property_interning_dict = 'http://www.python.org/sax/properties/interning-dict'
all_properties = [property_lexical_handler, property_dom_node, property_declaration_handler, property_xml_string,
                  property_encoding, property_interning_dict]
