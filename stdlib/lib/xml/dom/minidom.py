"""A small implementation of the Document Object Model: parse(), parseString(), and nodes to be changed and written.

Attributes are in _attributes; documents are built from Expat's events in _build.
"""
import io
import xml.dom
from xml.dom import EMPTY_NAMESPACE, EMPTY_PREFIX, XMLNS_NAMESPACE
from xml.dom._attributes import (AttributeList, EmptyNodeList, NamedNodeMap, NodeList,
                                 ReadOnlySequentialNamedNodeMap, split_name)

_NO_CHILDREN = EmptyNodeList()


def _escaped(writer, data):
    if data:
        writer.write(data.replace('&', '&amp;').replace('<', '&lt;').replace('"', '&quot;').replace('>', '&gt;'))


class Node(xml.dom.Node):
    """Any node."""

    namespaceURI = prefix = localName = None
    parentNode = ownerDocument = nextSibling = previousSibling = None
    nodeName = nodeValue = attributes = None
    childNodes = _NO_CHILDREN
    _allowed = ()
    _data = None

    def __bool__(self):
        return True

    firstChild = property(lambda self: self.childNodes[0] if self.childNodes else None, doc='The first child.')
    lastChild = property(lambda self: self.childNodes[-1] if self.childNodes else None, doc='The last child.')

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        self.unlink()

    # --- text ---

    def toxml(self, encoding=None, standalone=None):
        """The node as text, or as bytes with an encoding."""
        return self.toprettyxml('', '', encoding, standalone)

    def toprettyxml(self, indent='\t', newl='\n', encoding=None, standalone=None):
        """The same with spaces that show the tree."""
        if encoding is None:
            writer = io.StringIO()
        else:
            writer = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors='xmlcharrefreplace', newline='\n')
        if self.nodeType == Node.DOCUMENT_NODE:
            self.writexml(writer, '', indent, newl, encoding, standalone)
        else:
            self.writexml(writer, '', indent, newl)
        return writer.getvalue() if encoding is None else writer.detach().getvalue()

    # --- children ---

    def hasChildNodes(self):
        """Are there children?"""
        return bool(self.childNodes)

    def _link(self):
        """Tells the children who is beside whom."""
        before = None
        for child in self.childNodes:
            child.parentNode, child.previousSibling = self, before
            if before is not None:
                before.nextSibling = child
            before = child
        if before is not None:
            before.nextSibling = None

    def _refuse(self, node):
        if node.nodeType not in self._allowed:
            raise xml.dom.HierarchyRequestErr('%s cannot be child of %s' % (repr(node), repr(self)))

    def _place(self, node):
        for place, child in enumerate(self.childNodes):
            if child is node:
                return place
        raise xml.dom.NotFoundErr()

    def insertBefore(self, newChild, refChild):
        """Puts a node before a child, or last."""
        if newChild.nodeType == Node.DOCUMENT_FRAGMENT_NODE:
            for child in tuple(newChild.childNodes):
                self.insertBefore(child, refChild)
            return newChild
        self._refuse(newChild)
        if newChild is refChild:
            return newChild
        if newChild.parentNode is not None:
            newChild.parentNode.removeChild(newChild)
        if refChild is None:
            self._append(newChild)
        else:
            self.childNodes.insert(self._place(refChild), newChild)
            self._link()
        return newChild

    def _append(self, node):
        last = self.lastChild
        node.parentNode, node.previousSibling, node.nextSibling = self, last, None
        if last is not None:
            last.nextSibling = node
        self.childNodes.append(node)

    def appendChild(self, node):
        """Adds a child at the end."""
        return self.insertBefore(node, None)

    def replaceChild(self, newChild, oldChild):
        """Puts a node in the place of a child; the child."""
        if newChild.nodeType != Node.DOCUMENT_FRAGMENT_NODE:
            self._refuse(newChild)
        if newChild is oldChild:
            return None
        following = oldChild.nextSibling
        self._place(oldChild)
        if following is newChild:
            following = newChild.nextSibling
        self.removeChild(oldChild)
        self.insertBefore(newChild, following)
        return oldChild

    def removeChild(self, oldChild):
        """Takes a child out."""
        del self.childNodes[self._place(oldChild)]
        oldChild.parentNode = oldChild.nextSibling = oldChild.previousSibling = None
        self._link()
        return oldChild

    def normalize(self):
        """Joins texts that are beside each other."""
        kept = []
        for child in self.childNodes:
            if child.nodeType == Node.TEXT_NODE:
                if not child.data:
                    child.parentNode = child.nextSibling = child.previousSibling = None
                    continue
                if kept and kept[-1].nodeType == Node.TEXT_NODE:
                    kept[-1].data += child.data
                    child.unlink()
                    continue
            kept.append(child)
        if isinstance(self.childNodes, list):
            self.childNodes[:] = kept
            self._link()
        for child in kept:
            if child.nodeType == Node.ELEMENT_NODE:
                child.normalize()

    # --- the rest ---

    def cloneNode(self, deep):
        """A copy, with what is below."""
        return _copy(self, deep, self.ownerDocument or self)

    def isSupported(self, feature, version):
        """Has the implementation a feature?"""
        return self.ownerDocument.implementation.hasFeature(feature, version)

    def isSameNode(self, other):
        """Is it the same object?"""
        return self is other

    def getInterface(self, feature):
        """The node, when the feature is there."""
        return self if self.isSupported(feature, None) else None

    def getUserData(self, key):
        """Data of the program."""
        found = (self._data or {}).get(key)
        return None if found is None else found[0]

    def setUserData(self, key, data, handler):
        """Keeps data of the program with the node; what was there."""
        known = self._data = self._data or {}
        old = known.pop(key, (None, None))[0]
        if data is not None:
            known[key] = data, handler
        return old

    def _tell(self, operation, source, target):
        for key, (data, handler) in list((self._data or {}).items()):
            if handler is not None:
                handler.handle(operation, key, data, source, target)

    def unlink(self):
        """Lets go of everything around."""
        self.parentNode = self.ownerDocument = None
        for child in self.childNodes:
            child.unlink()
        if isinstance(self.childNodes, list):
            self.childNodes = NodeList()
        self.previousSibling = self.nextSibling = None


_CONTENT = (Node.ELEMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE, Node.COMMENT_NODE, Node.TEXT_NODE,
            Node.CDATA_SECTION_NODE, Node.ENTITY_REFERENCE_NODE)


class DocumentFragment(Node):
    """Nodes without a parent."""

    nodeType, nodeName = Node.DOCUMENT_FRAGMENT_NODE, '#document-fragment'
    _allowed = (*_CONTENT, Node.NOTATION_NODE)

    def __init__(self):
        self.childNodes = NodeList()


class TypeInfo:
    """The type of a node in a schema."""

    __slots__ = 'namespace', 'name'

    def __init__(self, namespace, name):
        self.namespace, self.name = namespace, name

    def __repr__(self):
        text = repr(self.name) if not self.namespace else f'{self.name!r} (from {self.namespace!r})'
        return f'<{type(self).__name__} {text}>'


class Attr(Node):
    """An attribute."""

    nodeType = Node.ATTRIBUTE_NODE
    specified, ownerElement, isId = False, None, False
    _allowed = (Node.TEXT_NODE, Node.ENTITY_REFERENCE_NODE)

    def __init__(self, qName, namespaceURI=EMPTY_NAMESPACE, localName=None, prefix=None):
        self._name, self.namespaceURI = qName, namespaceURI
        self._prefix, self._local = prefix, localName
        self._value = ''
        self.childNodes = NodeList()
        text = Text()
        self._append(text)

    schemaType = TypeInfo(None, None)
    localName = property(lambda self: self._local or split_name(self._name)[1], doc='The name without its prefix.')

    @property
    def name(self):
        """The name as written."""
        return self._name

    @name.setter
    def name(self, value):
        owner = self.ownerElement
        if owner is not None:
            owner._attributes.pop(self._name, None)
        self._name, self._local = value, None
        if owner is not None:
            owner._attributes[value] = self

    nodeName = name

    @property
    def value(self):
        """The value."""
        return self._value

    @value.setter
    def value(self, text):
        self._value = text
        if self.childNodes:
            self.childNodes[0]._text = text
        if self.ownerElement is not None and self.ownerDocument is not None:
            self.ownerDocument._ids = None

    nodeValue = value

    @property
    def prefix(self):
        """The prefix."""
        return self._prefix if self._prefix is not None else split_name(self._name)[0]

    @prefix.setter
    def prefix(self, prefix):
        if prefix == 'xmlns' and self.namespaceURI != XMLNS_NAMESPACE:
            raise xml.dom.NamespaceErr("illegal use of 'xmlns' prefix for the wrong namespace")
        local = self.localName
        self._prefix = prefix
        self.name = f'{prefix}:{local}' if prefix else local

    def unlink(self):
        if self.ownerElement is not None:
            self.ownerElement._attributes.pop(self._name, None)
            self.ownerElement = None
        super().unlink()


class Element(Node):
    """An element."""

    nodeType = Node.ELEMENT_NODE
    _allowed = _CONTENT

    def __init__(self, tagName, namespaceURI=EMPTY_NAMESPACE, prefix=None, localName=None):
        self.tagName = self.nodeName = tagName
        self.prefix, self.namespaceURI = prefix, namespaceURI
        self._local = localName
        self.childNodes = NodeList()
        self._attributes = {}

    schemaType = TypeInfo(None, None)
    _plain = False      # renamed to a name without a namespace: it has no local name

    @property
    def localName(self):
        """The name without its prefix."""
        return None if self._plain else self._local or split_name(self.tagName)[1]

    attributes = property(NamedNodeMap, doc='The map of attributes.')

    def __repr__(self):
        return f"<DOM Element: {self.tagName} at {id(self):#x}>"

    def unlink(self):
        for node in list(self._attributes.values()):
            node.unlink()
        super().unlink()

    # --- attributes ---

    def _ns(self, namespaceURI, localName):
        return self.attributes.getNamedItemNS(namespaceURI, localName)

    def hasAttributes(self):
        """Are there attributes?"""
        return bool(self._attributes)

    def hasAttribute(self, name):
        """Is there this attribute?"""
        return name in self._attributes

    def hasAttributeNS(self, namespaceURI, localName):
        """Is there this attribute?"""
        return self._ns(namespaceURI, localName) is not None

    def getAttribute(self, attname):
        """The value of an attribute, '' without it."""
        node = self._attributes.get(attname)
        return '' if node is None else node.value

    def getAttributeNS(self, namespaceURI, localName):
        """The value of an attribute, '' without it."""
        node = self._ns(namespaceURI, localName)
        return '' if node is None else node.value

    def getAttributeNode(self, attrname):
        """An attribute as a node."""
        return self._attributes.get(attrname)

    def getAttributeNodeNS(self, namespaceURI, localName):
        """An attribute as a node."""
        return self._ns(namespaceURI, localName)

    def setAttribute(self, attname, value):
        """Sets an attribute."""
        node = self._attributes.get(attname)
        if node is None:
            node = Attr(attname)
            node.ownerDocument = self.ownerDocument
            self._own(node)
        node.value = value

    def setAttributeNS(self, namespaceURI, qualifiedName, value):
        """Sets an attribute with a namespace."""
        prefix, local = split_name(qualifiedName)
        node = self._ns(namespaceURI, local)
        if node is None:
            node = Attr(qualifiedName, namespaceURI, local, prefix)
            node.ownerDocument = self.ownerDocument
            self._own(node)
        elif node.name != qualifiedName:
            node.name, node._prefix = qualifiedName, prefix
        node.value = value

    def _own(self, node):
        self._attributes[node.name] = node
        node.ownerElement = self
        if self.ownerDocument is not None:
            self.ownerDocument._ids = None

    def setAttributeNode(self, attr):
        """Adds an attribute; the one that was there."""
        if attr.ownerElement not in (None, self):
            raise xml.dom.InuseAttributeErr('attribute node already owned')
        old = self._attributes.get(attr.name)
        if attr.namespaceURI:
            old = self._ns(attr.namespaceURI, attr.localName) or old
        if old is attr:
            return None
        if old is not None:
            self.removeAttributeNode(old)
        self._own(attr)
        return old

    setAttributeNodeNS = setAttributeNode

    def removeAttribute(self, name):
        """Removes an attribute."""
        node = self._attributes.get(name)
        if node is None:
            raise xml.dom.NotFoundErr()
        self.removeAttributeNode(node)

    def removeAttributeNS(self, namespaceURI, localName):
        """Removes an attribute."""
        node = self._ns(namespaceURI, localName)
        if node is None:
            raise xml.dom.NotFoundErr()
        self.removeAttributeNode(node)

    def removeAttributeNode(self, node):
        """Removes an attribute; its node."""
        if node is None or self._attributes.get(node.name) is not node:
            raise xml.dom.NotFoundErr()
        del self._attributes[node.name]
        node.ownerElement, node.isId = None, False
        if self.ownerDocument is not None:
            self.ownerDocument._ids = None
        return node

    removeAttributeNodeNS = removeAttributeNode

    def setIdAttribute(self, name):
        """Marks an attribute as an id."""
        self.setIdAttributeNode(self.getAttributeNode(name))

    def setIdAttributeNS(self, namespaceURI, localName):
        """Marks an attribute as an id."""
        self.setIdAttributeNode(self.getAttributeNodeNS(namespaceURI, localName))

    def setIdAttributeNode(self, idAttr):
        """Marks an attribute as an id."""
        if idAttr is None or idAttr.ownerElement is not self:
            raise xml.dom.NotFoundErr()
        idAttr.isId = True
        if self.ownerDocument is not None:
            self.ownerDocument._ids = None

    # --- searching and writing ---

    def getElementsByTagName(self, name):
        """All below with a name ('*': any)."""
        return NodeList(node for node in _below(self) if name in ('*', node.tagName))

    def getElementsByTagNameNS(self, namespaceURI, localName):
        """All below with a namespace and name."""
        return NodeList(node for node in _below(self) if localName in ('*', node.localName)
                        and namespaceURI in ('*', node.namespaceURI))

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Writes the element."""
        writer.write(f'{indent}<{self.tagName}')
        for name, node in self._attributes.items():
            writer.write(f' {name}="')
            _escaped(writer, node.value)
            writer.write('"')
        if not self.childNodes:
            writer.write('/>' + newl)
            return
        writer.write('>')
        if len(self.childNodes) == 1 and self.childNodes[0].nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            self.childNodes[0].writexml(writer, '', '', '')
        else:
            writer.write(newl)
            for node in self.childNodes:
                node.writexml(writer, indent + addindent, addindent, newl)
            writer.write(indent)
        writer.write(f'</{self.tagName}>{newl}')


def _below(node):
    """The elements below, in the order of the document."""
    waiting = list(reversed(node.childNodes))
    while waiting:
        child = waiting.pop()
        if child.nodeType == Node.ELEMENT_NODE:
            yield child
        waiting.extend(reversed(child.childNodes))


class Childless:
    """Nodes that never have children."""

    attributes, childNodes = None, _NO_CHILDREN

    def hasChildNodes(self):
        return False

    def insertBefore(self, newChild, refChild):
        raise xml.dom.HierarchyRequestErr(self.nodeName + ' nodes do not have children')

    def appendChild(self, node):
        raise xml.dom.HierarchyRequestErr(self.nodeName + ' nodes cannot have children')

    def removeChild(self, oldChild):
        raise xml.dom.NotFoundErr(self.nodeName + ' nodes do not have children')

    def replaceChild(self, newChild, oldChild):
        raise xml.dom.HierarchyRequestErr(self.nodeName + ' nodes do not have children')

    def normalize(self):
        pass


class ProcessingInstruction(Childless, Node):
    """A processing instruction."""

    nodeType = Node.PROCESSING_INSTRUCTION_NODE

    def __init__(self, target, data):
        self.target, self.data = target, data

    nodeName = property(lambda self: self.target, lambda self, name: setattr(self, 'target', name))
    nodeValue = property(lambda self: self.data, lambda self, data: setattr(self, 'data', data))

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Writes it."""
        writer.write(f'{indent}<?{self.target} {self.data}?>{newl}')


class CharacterData(Childless, Node):
    """Nodes that are text."""

    def __init__(self, text=''):
        self._text = text

    def _set(self, text):
        self._text = text

    data = nodeValue = property(lambda self: self._text, _set, doc='The text.')
    length = property(lambda self: len(self._text), doc='How many characters.')

    def __len__(self):
        return len(self._text)

    def __repr__(self):
        shown = self.data[:10] + ('...' if len(self.data) > 10 else '')
        return '<DOM %s node "%r">' % (type(self).__name__, shown)

    def _check(self, offset, count=0):
        if offset < 0:
            raise xml.dom.IndexSizeErr('offset cannot be negative')
        if offset >= len(self.data):
            raise xml.dom.IndexSizeErr('offset cannot be beyond end of data')
        if count < 0:
            raise xml.dom.IndexSizeErr('count cannot be negative')

    def substringData(self, offset, count):
        self._check(offset, count)
        return self.data[offset:offset + count]

    def appendData(self, arg):
        self.data = self.data + arg

    def insertData(self, offset, arg):
        self._check(offset)
        if arg:
            self.data = self.data[:offset] + arg + self.data[offset:]

    def deleteData(self, offset, count):
        self._check(offset, count)
        if count:
            self.data = self.data[:offset] + self.data[offset + count:]

    def replaceData(self, offset, count, arg):
        self._check(offset, count)
        if count:
            self.data = self.data[:offset] + arg + self.data[offset + count:]


class Text(CharacterData):
    """Text."""

    nodeType, nodeName = Node.TEXT_NODE, '#text'

    def splitText(self, offset):
        """Cuts the text in two; the second node."""
        if offset < 0 or offset > len(self.data):
            raise xml.dom.IndexSizeErr('illegal offset value')
        rest = type(self)(self.data[offset:])
        rest.ownerDocument = self.ownerDocument
        if self.parentNode is not None:
            self.parentNode.insertBefore(rest, self.nextSibling)
        self.data = self.data[:offset]
        return rest

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Writes it."""
        _escaped(writer, f'{indent}{self.data}{newl}')

    def _neighbours(self):
        """The texts that are beside each other around this one."""
        first = self
        while first.previousSibling is not None and first.previousSibling.nodeType in (3, 4):
            first = first.previousSibling
        found = []
        while first is not None and first.nodeType in (3, 4):
            found.append(first)
            first = first.nextSibling
        return found

    wholeText = property(lambda self: ''.join(node.data for node in self._neighbours()), doc='With those beside it.')

    def replaceWholeText(self, content):
        """Puts a text in the place of all that are beside each other."""
        parent = self.parentNode
        for node in self._neighbours():
            if node is not self or not content:
                parent.removeChild(node)
        if not content:
            return None
        self.data = content
        return self


class Comment(CharacterData):
    """A comment."""

    nodeType, nodeName = Node.COMMENT_NODE, '#comment'

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Writes it."""
        if '--' in self.data:
            raise ValueError("'--' is not allowed in a comment node")
        writer.write(f'{indent}<!--{self.data}-->{newl}')


class CDATASection(Text):
    """Text that is written as CDATA."""

    nodeType, nodeName = Node.CDATA_SECTION_NODE, '#cdata-section'

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Writes it."""
        if ']]>' in self.data:
            raise ValueError("']]>' not allowed in a CDATA section")
        writer.write(f'<![CDATA[{self.data}]]>')


class DocumentType(Childless, Node):
    """The document type."""

    nodeType = Node.DOCUMENT_TYPE_NODE
    publicId = systemId = internalSubset = name = None

    def __init__(self, qualifiedName):
        self.entities, self.notations = ReadOnlySequentialNamedNodeMap(), ReadOnlySequentialNamedNodeMap()
        if qualifiedName:
            self.name = split_name(qualifiedName)[1]
        self.nodeName = self.name

    def cloneNode(self, deep):
        """A copy; None if it belongs to a document."""
        return None if self.ownerDocument is not None else super().cloneNode(deep)

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Writes it."""
        writer.write(f'<!DOCTYPE {self.name}')
        if self.publicId:
            writer.write(f"{newl}  PUBLIC '{self.publicId}'{newl}  '{self.systemId}'")
        elif self.systemId:
            writer.write(f"{newl}  SYSTEM '{self.systemId}'")
        if self.internalSubset is not None:
            writer.write(f' [{self.internalSubset}]')
        writer.write('>' + newl)


class Entity(Node):
    """An entity that the document type declares; its text is the only child."""

    nodeType = Node.ENTITY_NODE
    attributes = nodeValue = actualEncoding = encoding = version = None

    def __init__(self, name, publicId, systemId, notation):
        self.nodeName, self.notationName = name, notation
        self.publicId, self.systemId = publicId, systemId
        self.childNodes = NodeList()

    def appendChild(self, newChild):
        raise xml.dom.HierarchyRequestErr('cannot append children to an entity node')

    def insertBefore(self, newChild, refChild):
        raise xml.dom.HierarchyRequestErr('cannot insert children below an entity node')

    def removeChild(self, oldChild):
        raise xml.dom.HierarchyRequestErr('cannot remove children from an entity node')

    def replaceChild(self, newChild, oldChild):
        raise xml.dom.HierarchyRequestErr('cannot replace children of an entity node')


class Notation(Childless, Node):
    """A notation that the document type declares."""

    nodeType, nodeValue = Node.NOTATION_NODE, None

    def __init__(self, name, publicId, systemId):
        self.nodeName, self.publicId, self.systemId = name, publicId, systemId


def _copy_declared(node, twin):
    """Give the copy of a document type copies of what it declares."""
    kinds = xml.dom.UserDataHandler
    operation = kinds.NODE_CLONED if twin.ownerDocument is None else kinds.NODE_IMPORTED
    twin.entities._seq, twin.notations._seq = [], []
    for notation in node.notations._seq:
        copied = Notation(notation.nodeName, notation.publicId, notation.systemId)
        twin.notations._seq.append(copied)
        notation._tell(operation, notation, copied)
    for entity in node.entities._seq:
        copied = Entity(entity.nodeName, entity.publicId, entity.systemId, entity.notationName)
        copied.actualEncoding, copied.encoding, copied.version = entity.actualEncoding, entity.encoding, entity.version
        twin.entities._seq.append(copied)
        entity._tell(operation, entity, copied)


class DOMImplementation:
    """What this module can do."""

    _features = {(feature, version) for feature in ('core', 'xml') for version in ('1.0', '2.0', None)}

    def hasFeature(self, feature, version):
        return (feature.lower(), version or None) in self._features

    def createDocument(self, namespaceURI, qualifiedName, doctype):
        """A new document with its root."""
        if doctype is not None and doctype.parentNode is not None:
            raise xml.dom.WrongDocumentErr('doctype object owned by another DOM tree')
        document = Document()
        if doctype is not None:
            document.appendChild(doctype)
            doctype.ownerDocument = document
        if qualifiedName:
            prefix = split_name(qualifiedName)[0]
            if prefix == 'xml' and namespaceURI != xml.dom.XML_NAMESPACE:
                raise xml.dom.NamespaceErr("illegal use of 'xml' prefix")
            if prefix and not namespaceURI:
                raise xml.dom.NamespaceErr('illegal use of prefix without namespaces')
            document.appendChild(document.createElementNS(namespaceURI, qualifiedName))
        elif namespaceURI or doctype is not None:
            raise xml.dom.InvalidCharacterErr('Element with no name')
        document.doctype, document.implementation = doctype, self
        return document

    def createDocumentType(self, qualifiedName, publicId, systemId):
        """A new document type."""
        made = DocumentType(qualifiedName)
        made.publicId, made.systemId = publicId, systemId
        return made

    def getInterface(self, feature):
        return self if self.hasFeature(feature, None) else None


class Document(Node):
    """A document."""

    nodeType, nodeName = Node.DOCUMENT_NODE, '#document'
    implementation = DOMImplementation()
    encoding = standalone = version = documentURI = errorHandler = actualEncoding = None
    strictErrorChecking = False
    doctype = None
    async_ = False
    _ids = None
    _allowed = (Node.ELEMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE, Node.COMMENT_NODE, Node.DOCUMENT_TYPE_NODE)

    def __init__(self):
        self.childNodes = NodeList()

    documentElement = property(lambda self: next((node for node in self.childNodes
                                                  if node.nodeType == Node.ELEMENT_NODE), None), doc='The root.')

    def insertBefore(self, newChild, refChild):
        if newChild.nodeType == Node.ELEMENT_NODE and self.documentElement not in (None, newChild):
            raise xml.dom.HierarchyRequestErr('two document elements disallowed')
        return super().insertBefore(newChild, refChild)

    def _of(self, node):
        node.ownerDocument = self
        return node

    def createDocumentFragment(self):
        return self._of(DocumentFragment())

    def createElement(self, tagName):
        return self._of(Element(tagName))

    def createElementNS(self, namespaceURI, qualifiedName):
        return self._of(Element(qualifiedName, namespaceURI, split_name(qualifiedName)[0]))

    def _text(self, kind, data):
        if not isinstance(data, str):
            raise TypeError('node contents must be a string')
        return self._of(kind(data))

    def createTextNode(self, data):
        return self._text(Text, data)

    def createCDATASection(self, data):
        return self._text(CDATASection, data)

    def createComment(self, data):
        return self._of(Comment(data))

    def createProcessingInstruction(self, target, data):
        return self._of(ProcessingInstruction(target, data))

    def createAttribute(self, qName):
        return self._of(Attr(qName))

    def createAttributeNS(self, namespaceURI, qualifiedName):
        prefix, local = split_name(qualifiedName)
        return self._of(Attr(qualifiedName, namespaceURI, local, prefix))

    def getElementById(self, id):
        """The element with an id."""
        if self._ids is None:
            self._ids = {node.value: element for element in _below(self) for node in element._attributes.values()
                         if node.isId}
        return self._ids.get(id)

    getElementsByTagName = Element.getElementsByTagName
    getElementsByTagNameNS = Element.getElementsByTagNameNS

    def isSupported(self, feature, version):
        return self.implementation.hasFeature(feature, version)

    def importNode(self, node, deep):
        """A copy of a node of another document."""
        if node.nodeType in (Node.DOCUMENT_NODE, Node.DOCUMENT_TYPE_NODE):
            what = 'document' if node.nodeType == Node.DOCUMENT_NODE else 'document type'
            raise xml.dom.NotSupportedErr(f'cannot import {what} nodes')
        return _copy(node, deep, self)

    def renameNode(self, n, namespaceURI, name):
        """Gives an element or attribute another name."""
        if n.ownerDocument is not self:
            raise xml.dom.WrongDocumentErr('cannot rename nodes from other documents;\nexpected %s,\nfound %s'
                                           % (self, n.ownerDocument))
        if n.nodeType not in (Node.ELEMENT_NODE, Node.ATTRIBUTE_NODE):
            raise xml.dom.NotSupportedErr('renameNode() only applies to element and attribute nodes')
        prefix, local = split_name(name)
        if prefix == 'xmlns' and namespaceURI != XMLNS_NAMESPACE:
            raise xml.dom.NamespaceErr("illegal use of 'xmlns' prefix")
        if namespaceURI == XMLNS_NAMESPACE and prefix != 'xmlns' and name != 'xmlns':
            raise xml.dom.NamespaceErr("illegal use of 'xmlns' prefix")
        n.namespaceURI = namespaceURI
        if n.nodeType == Node.ELEMENT_NODE:
            n.tagName = n.nodeName = name
            n.prefix, n._local = prefix, local
            n._plain = namespaceURI is EMPTY_NAMESPACE
        else:
            n._prefix = prefix
            n.name = name
        n._tell(xml.dom.UserDataHandler.NODE_RENAMED, n, None)
        return n

    def writexml(self, writer, indent='', addindent='', newl='', encoding=None, standalone=None):
        """Writes the document."""
        said = [f'encoding="{encoding}"'] if encoding else []
        if standalone is not None:
            said.append('standalone="%s"' % ('yes' if standalone else 'no'))
        writer.write(f'<?xml version="1.0" {" ".join(said)}?>{newl}')
        for node in self.childNodes:
            node.writexml(writer, indent, addindent, newl)

    def unlink(self):
        self.doctype = None
        super().unlink()


def _copy(node, deep, document):
    """A copy of a node, owned by a document."""
    kind = node.nodeType
    if kind == Node.DOCUMENT_NODE:
        if not deep:
            return None
        twin = Document()
        twin.implementation = node.implementation
        document = twin
    elif kind == Node.ELEMENT_NODE:
        twin = document.createElementNS(node.namespaceURI, node.nodeName)
        for attribute in node._attributes.values():
            twin.setAttributeNS(attribute.namespaceURI, attribute.nodeName, attribute.value)
            twin._attributes[attribute.name].specified = attribute.specified
    elif kind == Node.DOCUMENT_FRAGMENT_NODE:
        twin = document.createDocumentFragment()
    elif kind in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE, Node.COMMENT_NODE):
        twin = document._of(type(node)(node.data))
    elif kind == Node.PROCESSING_INSTRUCTION_NODE:
        twin = document.createProcessingInstruction(node.target, node.data)
    elif kind == Node.ATTRIBUTE_NODE:
        twin = document.createAttributeNS(node.namespaceURI, node.nodeName)
        twin.specified = True
        twin.value = node.value
    elif kind == Node.DOCUMENT_TYPE_NODE:
        twin = DocumentType(node.name)
        twin.publicId, twin.systemId, twin.internalSubset = node.publicId, node.systemId, node.internalSubset
        twin.ownerDocument = document if document is not node else None
        if deep:
            _copy_declared(node, twin)
    else:
        raise xml.dom.NotSupportedErr('Cannot clone node %s' % repr(node))
    if deep and kind != Node.ATTRIBUTE_NODE:
        for child in node.childNodes:
            child_twin = _copy(child, True, document)
            if kind == Node.DOCUMENT_NODE and child.nodeType == Node.DOCUMENT_TYPE_NODE:
                twin.doctype = child_twin
            twin.appendChild(child_twin)
    same = node.ownerDocument in (document, None) or kind == Node.DOCUMENT_NODE
    node._tell(xml.dom.UserDataHandler.NODE_CLONED if same else xml.dom.UserDataHandler.NODE_IMPORTED, node, twin)
    return twin


def parse(file, parser=None, bufsize=None):
    """The document in a file, by name or open."""
    from xml.dom import _build
    if hasattr(file, 'read'):
        return _build.build_from_file(file)
    with open(file, 'rb') as opened:
        return _build.build_from_file(opened)


def parseString(string, parser=None):
    """The document in a text."""
    from xml.dom import _build
    return _build.build(string)


def getDOMImplementation(features=None):
    """The implementation, if it has the features."""
    if features:
        from xml.dom import domreg
        pairs = domreg._pairs(features) if isinstance(features, str) else features
        if not all(Document.implementation.hasFeature(*pair) for pair in pairs):
            return None
    return Document.implementation
