"""A document as a stream of events, each with its node; a program takes what it wants and may expand a node to its tree.

    for event, node in parse('big.xml'):
        if event == START_ELEMENT and node.tagName == 'item':
            ...

PullDOM makes nodes of SAX events and keeps them until DOMEventStream hands them out, so that no more of a document is in
memory than was read ahead. SAX2DOM puts the nodes together to a whole document instead.
"""
import collections
import io

import xml.sax
import xml.sax.handler
from xml.dom import XMLNS_NAMESPACE, minidom

START_ELEMENT = 'START_ELEMENT'
END_ELEMENT = 'END_ELEMENT'
COMMENT = 'COMMENT'
START_DOCUMENT = 'START_DOCUMENT'
END_DOCUMENT = 'END_DOCUMENT'
PROCESSING_INSTRUCTION = 'PROCESSING_INSTRUCTION'
IGNORABLE_WHITESPACE = 'IGNORABLE_WHITESPACE'
CHARACTERS = 'CHARACTERS'

default_bufsize = 16364


class PullDOM(xml.sax.handler.ContentHandler):
    """Makes a pair (event, node) of each SAX event, in `events`."""

    document = None
    _locator = None

    def __init__(self, documentFactory=None):
        super().__init__()
        self.documentFactory = documentFactory
        self.events = collections.deque()
        self.elementStack = []
        self._early = []  # makers of what comes before the first element, when there is no document yet
        self._declared = []  # namespaces declared since the last element: (prefix, URI)
        self._prefixes = {'http://www.w3.org/XML/1998/namespace': ['xml']}  # those in effect, the innermost last
        self._declarations = []  # the URI of each declaration in effect

    def push(self, node):
        """An element (or the document) begins."""
        self.elementStack.append(node)

    def pop(self):
        """It ends."""
        return self.elementStack.pop()

    def clear(self):
        """Let go of the document."""
        self.document = None

    def setDocumentLocator(self, locator):
        """What knows where the parser is."""
        self._locator = locator

    # --- the document ---

    def startDocument(self):
        """The document is made with its first element, whose name it needs."""
        if self.documentFactory is None:
            self.documentFactory = minidom.Document.implementation

    def buildDocument(self, uri, tagname):
        """Make the document; its first element."""
        self.document = document = self.documentFactory.createDocument(uri, tagname, None)
        self.events.append((START_DOCUMENT, document))
        self.push(document)
        for event, make in self._early:
            self.events.append((event, make(document)))
        self._early.clear()
        return document.firstChild

    def endDocument(self):
        """The end."""
        self.events.append((END_DOCUMENT, self.document))
        self.pop()

    # --- elements ---

    def startPrefixMapping(self, prefix, uri):
        """A namespace is declared; the element comes next."""
        self._declared.append((prefix, uri))
        self._prefixes.setdefault(uri, []).append(prefix or None)
        self._declarations.append((prefix, uri))

    def endPrefixMapping(self, prefix):
        """It is no longer in effect."""
        for i in reversed(range(len(self._declarations))):
            if self._declarations[i][0] == prefix:
                self._prefixes[self._declarations.pop(i)[1]].pop()
                return

    def _qualified(self, uri, name):
        known = self._prefixes.get(uri)
        prefix = known[-1] if known else None
        return f'{prefix}:{name}' if prefix else name

    def _element(self, uri, tagname):
        if self.document is None:
            return self.buildDocument(uri, tagname)
        return self.document.createElementNS(uri, tagname) if uri else self.document.createElement(tagname)

    def _begin(self, node):
        self.events.append((START_ELEMENT, node))
        self.push(node)

    def startElementNS(self, name, tagName, attrs):
        """An element whose name is a pair of a namespace and a local name."""
        uri, local = name
        node = self._element(uri or None, (tagName or self._qualified(uri, local)) if uri else local)
        given = [*attrs.items(), *(((XMLNS_NAMESPACE, prefix), target) for prefix, target in self._declared)]
        self._declared.clear()
        for (attribute_uri, attribute), value in given:
            if attribute_uri == XMLNS_NAMESPACE:
                made = self.document.createAttributeNS(XMLNS_NAMESPACE, f'xmlns:{attribute}' if attribute else 'xmlns')
            elif attribute_uri:
                made = self.document.createAttributeNS(attribute_uri, self._qualified(attribute_uri, attribute))
            else:
                made = self.document.createAttribute(attribute)
            made.value = value
            (node.setAttributeNodeNS if attribute_uri else node.setAttributeNode)(made)
        self._begin(node)

    def startElement(self, name, attrs):
        """An element, where the parser does not look at namespaces."""
        node = self._element(None, name)
        for attribute, value in attrs.items():
            made = self.document.createAttribute(attribute)
            made.value = value
            node.setAttributeNode(made)
        self._begin(node)

    def endElement(self, name):
        """An element ends."""
        self.events.append((END_ELEMENT, self.pop()))

    def endElementNS(self, name, tagName):
        """The same."""
        self.endElement(tagName)

    # --- the rest ---

    def _leaf(self, event, make):
        if self.document is None:
            self._early.append((event, make))
            return None
        node = make(self.document)
        self.events.append((event, node))
        return node

    def comment(self, s):
        """A comment; only parsers that are asked for lexical events tell."""
        self._leaf(COMMENT, lambda document: document.createComment(s))

    def processingInstruction(self, target, data):
        """An instruction to a program."""
        return self._leaf(PROCESSING_INSTRUCTION, lambda document: document.createProcessingInstruction(target, data))

    def ignorableWhitespace(self, chars):
        """Spaces that a document type says mean nothing."""
        return self._leaf(IGNORABLE_WHITESPACE, lambda document: document.createTextNode(chars))

    def characters(self, chars):
        """Text."""
        return self._leaf(CHARACTERS, lambda document: document.createTextNode(chars))


class SAX2DOM(PullDOM):
    """Puts the nodes together: in the end `document` is whole."""

    def _hang(self, node):
        if node is not None:
            self.elementStack[-1].appendChild(node)

    def _begin(self, node):
        if node.parentNode is None:
            self._hang(node)
        super()._begin(node)

    def processingInstruction(self, target, data):
        self._hang(super().processingInstruction(target, data))

    def ignorableWhitespace(self, chars):
        self._hang(super().ignorableWhitespace(chars))

    def characters(self, chars):
        self._hang(super().characters(chars))


class ErrorHandler:
    """Warnings are printed, errors raised."""

    def warning(self, exception):
        """Something is not quite right."""
        print(exception)

    def error(self, exception):
        """Something is wrong."""
        raise exception

    def fatalError(self, exception):
        """Nothing more can be read."""
        raise exception


class DOMEventStream:
    """An iterator of (event, node) over a file that a parser is fed with, piece by piece."""

    def __init__(self, stream, parser, bufsize):
        self.stream, self.parser, self.bufsize = stream, parser, bufsize
        if not hasattr(parser, 'feed'):
            self.getEvent = self._whole  # it reads everything by itself
        self.reset()

    def reset(self):
        """Begin a new document."""
        self.pulldom = PullDOM()
        self.parser.setFeature(xml.sax.handler.feature_namespaces, 1)
        self.parser.setContentHandler(self.pulldom)

    def __iter__(self):
        return self

    def __next__(self):
        found = self.getEvent()
        if found is None:
            raise StopIteration
        return found

    def getEvent(self):
        """The next pair (event, node); None at the end."""
        events = self.pulldom.events
        while not events:
            data = self.stream.read(self.bufsize)
            if not data:
                self.parser.close()
                return None  # END_DOCUMENT is there for who asks once more
            self.parser.feed(data)
        return events.popleft()

    def _whole(self):
        self.parser.parse(self.stream)
        self.getEvent = self._taken
        return self._taken()

    def _taken(self):
        events = self.pulldom.events
        return events.popleft() if events else None

    def expandNode(self, node):
        """Read up to the end of the node and hang everything in it below it."""
        above = [node]
        while (found := self.getEvent()) is not None:
            event, inner = found
            if inner is node:
                return
            if event == END_ELEMENT:
                above.pop()
                continue
            above[-1].appendChild(inner)
            if event == START_ELEMENT:
                above.append(inner)

    def clear(self):
        """Let go of everything."""
        self.pulldom.clear()
        del self.pulldom
        self.parser = self.stream = None


def parse(stream_or_string, parser=None, bufsize=None):
    """The events of a file, or of the file of that name."""
    stream = open(stream_or_string, 'rb') if isinstance(stream_or_string, str) else stream_or_string
    return DOMEventStream(stream, parser or xml.sax.make_parser(), bufsize or default_bufsize)


def parseString(string, parser=None):
    """The events of a text."""
    return DOMEventStream(io.StringIO(string), parser or xml.sax.make_parser(), len(string))
