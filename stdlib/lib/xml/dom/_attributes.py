"""Attributes of elements, the map of them, and lists of nodes."""
import xml.dom
from xml.dom import Node as _Kinds


class NodeList(list):
    """A list of nodes, with item() and length."""

    __slots__ = ()

    def item(self, index):
        """The node at a place, or None."""
        return self[index] if 0 <= index < len(self) else None

    def _no(self, value):
        raise xml.dom.NoModificationAllowedErr("attempt to modify read-only attribute 'length'")

    length = property(len, _no, doc='How many.')


class EmptyNodeList(tuple):
    """No nodes, and none can be added."""

    __slots__ = ()

    def __add__(self, other):
        return NodeList([*self, *other])

    def __radd__(self, other):
        return NodeList([*other, *self])

    def item(self, index):
        """None."""
        return None

    length = property(len, NodeList._no, doc='0.')


def split_name(name):
    """(prefix, local name)"""
    prefix, colon, local = name.partition(':')
    return (prefix, local) if colon else (None, name)


class NamedNodeMap:
    """The attributes of an element, by name, by (namespace, local name), and as a list."""

    def __init__(self, element):
        self._element = element
        self._nodes = element._attributes

    def _find(self, key):
        if isinstance(key, tuple):
            return next((node for node in self._nodes.values() if (node.namespaceURI, node.localName) == key), None)
        return self._nodes.get(key)

    length = property(lambda self: len(self._nodes), doc='How many.')

    def __len__(self):
        return len(self._nodes)

    def item(self, index):
        nodes = list(self._nodes.values())
        return nodes[index] if 0 <= index < len(nodes) else None

    def items(self):
        return [(node.name, node.value) for node in self._nodes.values()]

    def itemsNS(self):
        return [((node.namespaceURI, node.localName), node.value) for node in self._nodes.values()]

    def keys(self):
        return self._nodes.keys()

    def keysNS(self):
        return [(node.namespaceURI, node.localName) for node in self._nodes.values()]

    def values(self):
        return list(self._nodes.values())

    def __contains__(self, key):
        return self._find(key) is not None

    def get(self, name, value=None):
        node = self._nodes.get(name)
        return value if node is None else node

    def __eq__(self, other):
        return isinstance(other, NamedNodeMap) and self._nodes is other._nodes

    def __lt__(self, other):
        return id(self._nodes) < id(other._nodes)

    __hash__ = None

    def __getitem__(self, key):
        node = self._find(key)
        if node is None:
            raise KeyError(key)
        return node

    def __setitem__(self, name, value):
        if isinstance(value, str):
            self._element.setAttribute(name, value)
        elif getattr(value, 'nodeType', None) == _Kinds.ATTRIBUTE_NODE:
            self.setNamedItem(value)
        else:
            raise TypeError('value must be a string or Attr object')

    def __delitem__(self, key):
        self._element.removeAttributeNode(self[key])

    def getNamedItem(self, name):
        return self._nodes.get(name)

    def getNamedItemNS(self, namespaceURI, localName):
        return self._find((namespaceURI, localName))

    def removeNamedItem(self, name):
        node = self._nodes.get(name)
        if node is None:
            raise xml.dom.NotFoundErr()
        return self._element.removeAttributeNode(node)

    def removeNamedItemNS(self, namespaceURI, localName):
        node = self._find((namespaceURI, localName))
        if node is None:
            raise xml.dom.NotFoundErr()
        return self._element.removeAttributeNode(node)

    def setNamedItem(self, node):
        if getattr(node, 'nodeType', None) != _Kinds.ATTRIBUTE_NODE:
            raise xml.dom.HierarchyRequestErr('%s cannot be child of %s' % (repr(node), repr(self)))
        return self._element.setAttributeNode(node)

    setNamedItemNS = setNamedItem


AttributeList = NamedNodeMap


class ReadOnlySequentialNamedNodeMap:
    """What a document type declares: nodes by name, in their order. Programs cannot change it."""

    __slots__ = ('_seq',)

    def __init__(self, seq=()):
        self._seq = seq

    def __len__(self):
        return len(self._seq)

    length = property(__len__, NodeList._no, doc='How many.')

    def item(self, index):
        """The node at a place, or None."""
        return self._seq[index] if 0 <= index < len(self._seq) else None

    def getNamedItem(self, name):
        return next((node for node in self._seq if node.nodeName == name), None)

    def getNamedItemNS(self, namespaceURI, localName):
        return next((node for node in self._seq if (node.namespaceURI, node.localName) == (namespaceURI, localName)), None)

    def __getitem__(self, name_or_tuple):
        if isinstance(name_or_tuple, tuple):
            node = self.getNamedItemNS(*name_or_tuple)
        else:
            node = self.getNamedItem(name_or_tuple)
        if node is None:
            raise KeyError(name_or_tuple)
        return node

    def _refuse(self, *ignored):
        raise xml.dom.NoModificationAllowedErr('NamedNodeMap instance is read-only')

    removeNamedItem = removeNamedItemNS = setNamedItem = setNamedItemNS = _refuse
