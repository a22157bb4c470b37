"""XML as trees of elements: parse(), fromstring(), tostring(), and the class of whole documents.

Elements, the builder and the parser are native (_elementtree, with _native); their twins in the language are _elements
and _parsing. Writing is in _writing and _canonical, search paths in ElementPath, parsing step by step in _pulling.
"""
import sys

from xml.etree import ElementPath
from xml.etree._canonical import C14NWriterTarget, canonicalize
from xml.etree._elements import Element as _Element_Py, QName, iselement
from xml.etree._pulling import IterParse, PullParser
from xml.etree._writing import indent, namespace_map as _namespace_map, register_namespace, tree_text, write_tree

try:
    import _elementtree
except ImportError:
    from xml.etree._elements import Comment, Element, ProcessingInstruction, SubElement
    from xml.etree._parsing import ParseError, TreeBuilder, XMLParser
else:
    from xml.etree._native import (
        Comment, Element, ParseError, ProcessingInstruction, SubElement, TreeBuilder, XMLParser,
    )
    del _elementtree

__all__ = [
    'Comment', 'dump', 'Element', 'ElementTree', 'canonicalize', 'fromstring', 'fromstringlist', 'indent', 'iselement',
    'iterparse', 'parse', 'ParseError', 'PI', 'ProcessingInstruction', 'QName', 'SubElement', 'tostring',
    'tostringlist', 'TreeBuilder', 'VERSION', 'XML', 'XMLID', 'XMLParser', 'XMLPullParser', 'register_namespace',
    'C14NWriterTarget',
]
VERSION = '1.3.0'
PI = ProcessingInstruction


class ElementTree:
    """A document: its root, and reading and writing it."""

    def __init__(self, element=None, file=None):
        self._root = element
        if file:
            self.parse(file)

    def getroot(self):
        """The root."""
        return self._root

    def _setroot(self, element):
        self._root = element

    def parse(self, source, parser=None):
        """Reads a file, by name or open; the root."""
        file = source if hasattr(source, 'read') else open(source, 'rb')
        try:
            if parser is None:
                parser = XMLParser()
            if hasattr(parser, '_parse_whole'):
                self._root = parser._parse_whole(file)
            else:
                while data := file.read(1 << 16):
                    parser.feed(data)
                self._root = parser.close()
        finally:
            if file is not source:
                file.close()
        return self._root

    def iter(self, tag=None):
        """All elements, in the order of the document."""
        return self._root.iter(tag)

    def _path(self, path):
        if path[:1] != '/':
            return path
        import warnings
        warnings.warn('This search is broken in 1.3 and earlier, and will be fixed in a future version.  '
                      f"If you rely on the current behaviour, change it to {'.' + path!r}", FutureWarning, stacklevel=3)
        return '.' + path

    def find(self, path, namespaces=None):
        """The first that a path leads to."""
        return self._root.find(self._path(path), namespaces)

    def findtext(self, path, default=None, namespaces=None):
        """The text of the first."""
        return self._root.findtext(self._path(path), default, namespaces)

    def findall(self, path, namespaces=None):
        """A list of all."""
        return self._root.findall(self._path(path), namespaces)

    def iterfind(self, path, namespaces=None):
        """All, one by one."""
        return self._root.iterfind(self._path(path), namespaces)

    def write(self, file_or_filename, encoding=None, xml_declaration=None, default_namespace=None, method=None, *,
              short_empty_elements=True):
        """Writes the document as 'xml', 'html' or 'text'."""
        write_tree(self._root, file_or_filename, encoding, xml_declaration, default_namespace, method,
                   short_empty_elements)

    def write_c14n(self, file):
        """Writes it by the method c14n."""
        return self.write(file, method='c14n')


def tostring(element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None,
             short_empty_elements=True):
    """An element as bytes, or as str with the encoding 'unicode'."""
    pieces, encoding = tree_text(element, encoding, xml_declaration, default_namespace, method, short_empty_elements)
    text = ''.join(pieces)
    return text if encoding is None else text.encode(encoding, 'xmlcharrefreplace')


def tostringlist(element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None,
                 short_empty_elements=True):
    """The same in pieces."""
    pieces, encoding = tree_text(element, encoding, xml_declaration, default_namespace, method, short_empty_elements,
                                 small=encoding == 'unicode')
    return pieces if encoding is None else [''.join(pieces).encode(encoding, 'xmlcharrefreplace')]


def dump(elem):
    """Writes an element to stdout."""
    tree = elem if isinstance(elem, ElementTree) else ElementTree(elem)
    tree.write(sys.stdout, encoding='unicode')
    tail = tree.getroot().tail
    if not tail or tail[-1] != '\n':
        sys.stdout.write('\n')


class XMLPullParser(PullParser):
    """Parsing that is asked for its events, while text comes."""

    def _usual_parser(self):
        return XMLParser(target=TreeBuilder())


def iterparse(source, events=None, parser=None):
    """The (event, element) pairs of a file, by name or open, as they come."""
    return IterParse(source, XMLPullParser(events, _parser=parser))


def parse(source, parser=None):
    """The document in a file, by name or open."""
    tree = ElementTree()
    tree.parse(source, parser)
    return tree


def XML(text, parser=None):
    """The root of a document in a text."""
    if not parser:
        parser = XMLParser(target=TreeBuilder())
    parser.feed(text)
    return parser.close()


fromstring = XML


def fromstringlist(sequence, parser=None):
    """The root of a document in pieces of text."""
    if not parser:
        parser = XMLParser(target=TreeBuilder())
    for text in sequence:
        parser.feed(text)
    return parser.close()


def XMLID(text, parser=None):
    """The root of a document, and a dict of its elements by their attribute `id`."""
    root = XML(text, parser)
    return root, {element.get('id'): element for element in root.iter() if element.get('id')}
