"""Documents of minidom from the events of Expat."""
from xml.dom import EMPTY_NAMESPACE, XMLNS_NAMESPACE, minidom
from xml.parsers import expat

_HANDLERS = ('StartElement', 'EndElement', 'CharacterData', 'Comment', 'ProcessingInstruction', 'StartNamespaceDecl',
             'StartCdataSection', 'EndCdataSection', 'XmlDecl', 'StartDoctypeDecl', 'EndDoctypeDecl', 'AttlistDecl',
             'EntityDecl', 'NotationDecl')


class _Builder:
    """Expat's handlers, and the document that they make."""

    def __init__(self):
        self.document = self.node = minidom.Document()
        self.parser = parser = expat.ParserCreate(namespace_separator=' ')
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.specified_attributes = True
        self._declared = []
        self._cdata = False
        self._subset = None     # None outside of the document type
        self.has_subset = False
        for name in _HANDLERS:
            setattr(parser, name + 'Handler', getattr(self, name))
        self._ids = set()

    def _add(self, node):
        node.ownerDocument = self.document
        self.node._append(node)

    @staticmethod
    def _names(name):
        """(namespace, prefix, local name, name as written)"""
        parts = name.split(' ')
        if len(parts) == 3:
            return parts[0], parts[2], parts[1], f'{parts[2]}:{parts[1]}'
        if len(parts) == 2:
            return parts[0], None, parts[1], parts[1]
        return EMPTY_NAMESPACE, None, name, name

    def _attribute(self, element, uri, prefix, local, written, value):
        node = minidom.Attr(written, uri, local, prefix)
        node.ownerDocument, node.specified = self.document, True
        node._value = node.childNodes[0]._text = value
        node.childNodes[0].ownerDocument = self.document
        node.isId = (element.tagName, written) in self._ids
        node.ownerElement = element
        element._attributes[written] = node

    def StartElement(self, name, attributes):
        uri, prefix, local, written = self._names(name)
        element = minidom.Element(written, uri, prefix, local)
        self._add(element)
        self.node = element
        for space, target in self._declared:
            if space:
                self._attribute(element, XMLNS_NAMESPACE, 'xmlns', space, 'xmlns:' + space, target or '')
            else:
                self._attribute(element, XMLNS_NAMESPACE, None, 'xmlns', 'xmlns', target or '')
        self._declared = []
        for place in range(0, len(attributes), 2):
            self._attribute(element, *self._names(attributes[place]), attributes[place + 1])

    def EndElement(self, name):
        self.node = self.node.parentNode

    def StartNamespaceDecl(self, prefix, uri):
        self._declared.append((prefix, uri))

    def CharacterData(self, data):
        last = self.node.lastChild
        if self._cdata:
            if self._cdata == 'open' and last is not None and last.nodeType == minidom.Node.CDATA_SECTION_NODE:
                last._text += data
                return
            self._cdata = 'open'
            self._add(minidom.CDATASection(data))
        elif last is not None and last.nodeType == minidom.Node.TEXT_NODE:
            last._text += data
        else:
            self._add(minidom.Text(data))

    def StartCdataSection(self):
        self._cdata = 'new'

    def EndCdataSection(self):
        self._cdata = False

    def Comment(self, data):
        if self._subset is None:
            self._add(minidom.Comment(data))

    def ProcessingInstruction(self, target, data):
        if self._subset is None:
            self._add(minidom.ProcessingInstruction(target, data))

    def XmlDecl(self, version, encoding, standalone):
        self.document.version, self.document.encoding = version, encoding
        if standalone >= 0:
            self.document.standalone = bool(standalone)

    def StartDoctypeDecl(self, name, system, public, internal):
        made = self.document.doctype = minidom.DocumentType(name)
        made.publicId, made.systemId = public, system
        self._add(made)
        self._subset = self.has_subset = bool(internal)

        made.entities._seq, made.notations._seq = [], []

    def EntityDecl(self, name, is_parameter, value, base, system, public, notation):
        if is_parameter:
            return
        entity = minidom.Entity(name, public, system, notation)
        entity.ownerDocument = self.document
        if value is not None:
            entity.childNodes.append(self.document.createTextNode(value))
        self.document.doctype.entities._seq.append(entity)

    def NotationDecl(self, name, base, system, public):
        notation = minidom.Notation(name, public, system)
        notation.ownerDocument = self.document
        self.document.doctype.notations._seq.append(notation)

    def EndDoctypeDecl(self):
        self._subset = None

    def AttlistDecl(self, element, attribute, kind, default, required):
        if kind == 'ID':
            self._ids.add((element, attribute))


class _Seen(Exception):
    """The document type has ended."""


def _internal_subset(text):
    """The declarations within a document type, as they are written: no other handler may take them."""
    pieces = []
    parser = expat.ParserCreate()

    def start(*arguments):
        parser.DefaultHandler = pieces.append

    def end():
        raise _Seen

    parser.StartDoctypeDeclHandler, parser.EndDoctypeDeclHandler = start, end
    try:
        parser.Parse(text, False)
    except (_Seen, expat.ExpatError):
        pass
    return ''.join(pieces)


def _finish(builder, head):
    if builder.has_subset:
        builder.document.doctype.internalSubset = _internal_subset(head)
    return builder.document


def build(text):
    """The document in a text."""
    builder = _Builder()
    builder.parser.Parse(text, True)
    return _finish(builder, text)


def build_from_file(file):
    """The document in an open file."""
    builder, head = _Builder(), b''
    while data := file.read(1 << 16):
        builder.parser.Parse(data, False)
        head = head or data
    builder.parser.Parse(b'', True)
    return _finish(builder, head)
