"""The nodes of a tree in the language: elements, comments, processing instructions; and names with a namespace.

Elements are native where the module _elementtree is there; only QName and iselement() are used then.
"""
import warnings

from xml.etree import ElementPath


def _check_child(child, where):
    if not isinstance(child, Element):
        raise TypeError(f'{where} must be xml.etree.ElementTree.Element, not {type(child).__name__}')


class Element:
    """An element: its tag, attributes and text, the text behind it (tail), and its children as a list has items."""

    tag = attrib = text = tail = None

    def __init__(self, tag, attrib={}, **extra):
        if not isinstance(attrib, dict):
            raise TypeError(f'attrib must be dict, not {type(attrib).__name__}')
        self.tag = tag
        self.attrib = {**attrib, **extra}
        self._children = []

    def __repr__(self):
        return f'<{type(self).__name__} {self.tag!r} at {id(self):#x}>'

    def makeelement(self, tag, attrib, /):
        """An element of the same kind."""
        return type(self)(tag, attrib)

    # --- copies ---

    def __copy__(self):
        twin = self.makeelement(self.tag, self.attrib)
        twin.text, twin.tail = self.text, self.tail
        twin._children = self._children[:]
        return twin

    def __deepcopy__(self, memo):
        import copy
        twin = self.makeelement(copy.deepcopy(self.tag, memo), copy.deepcopy(self.attrib, memo))
        memo[id(self)] = twin
        twin.text, twin.tail = copy.deepcopy(self.text, memo), copy.deepcopy(self.tail, memo)
        for child in self._children:
            twin.append(copy.deepcopy(child, memo))
        return twin

    def __getstate__(self):
        return {'tag': self.tag, '_children': self._children[:], 'attrib': self.attrib, 'text': self.text,
                'tail': self.tail}

    def __setstate__(self, state):
        if not isinstance(state, dict):
            raise TypeError(f'Don\'t know how to unpickle "{state!r}" as an Element')
        children = list(state.get('_children') or ())
        for child in children:
            if not isinstance(child, Element):
                raise TypeError(f'expected an Element, not "{type(child).__name__}"')
        self.__dict__.update(state)
        self._children = children

    # --- the children ---

    def __len__(self):
        return len(self._children)

    def __bool__(self):
        warnings.warn('The behavior of this method will change in future versions.  Use specific '
                      "'len(elem)' or 'elem is not None' test instead.", FutureWarning, stacklevel=2)
        return bool(self._children)

    def __getitem__(self, index):
        try:
            return self._children[index]
        except IndexError:
            raise IndexError('child index out of range') from None
        except TypeError:
            raise TypeError('element indices must be integers') from None

    def __setitem__(self, index, child):
        if isinstance(index, slice):
            child = list(child)
            for each in child:
                if not isinstance(each, Element):
                    raise TypeError(f'expected an Element, not "{type(each).__name__}"')
        elif not isinstance(child, Element):
            raise TypeError(f'expected an Element, not "{type(child).__name__}"')
        try:
            self._children[index] = child
        except IndexError:
            raise IndexError('child assignment index out of range') from None

    def __delitem__(self, index):
        try:
            del self._children[index]
        except IndexError:
            raise IndexError('child assignment index out of range') from None

    def __iter__(self):
        return iter(self._children)

    def append(self, subelement, /):
        """Adds a child at the end."""
        _check_child(subelement, 'append() argument')
        self._children.append(subelement)

    def extend(self, elements, /):
        """Adds children at the end."""
        try:
            elements = list(elements)
        except TypeError:
            raise TypeError(f'expected sequence, not "{type(elements).__name__}"') from None
        for child in elements:
            if not isinstance(child, Element):
                raise TypeError(f'expected an Element, not "{type(child).__name__}"')
            self._children.append(child)

    def insert(self, index, subelement, /):
        """Puts a child before the one at a place."""
        _check_child(subelement, 'insert() argument 2')
        self._children.insert(index, subelement)

    def remove(self, subelement, /):
        """Takes a child out."""
        _check_child(subelement, 'remove() argument')
        for place, child in enumerate(self._children):
            if child is subelement or child == subelement:
                del self._children[place]
                return
        raise ValueError('list.remove(x): x not in list')

    def clear(self):
        """Leaves nothing but the tag."""
        self.attrib.clear()
        self._children = []
        self.text = self.tail = None

    # --- searching ---

    def find(self, path, namespaces=None):
        """The first child or descendant that fits, or None."""
        return ElementPath.find(self, path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        """The text of the first that fits."""
        return ElementPath.findtext(self, path, default, namespaces)

    def findall(self, path, namespaces=None):
        """All that fit, as a list."""
        return ElementPath.findall(self, path, namespaces)

    def iterfind(self, path, namespaces=None):
        """All that fit, one by one."""
        return ElementPath.iterfind(self, path, namespaces)

    def iter(self, tag=None):
        """The element and all below it, in the order of the document, or those with a tag."""
        return _walk(self, None if tag == '*' else tag)

    def itertext(self):
        """The texts within, in the order of the document."""
        # (element, its children still to come) of all that are open
        if not isinstance(self.tag, str) and self.tag is not None:
            return
        text = self.text
        if text:
            yield text
        path = [iter(self._children)]
        opened = []
        while path:
            child = next(path[-1], None)
            if child is None:
                path.pop()
                if opened:
                    tail = opened.pop().tail
                    if tail:
                        yield tail
                continue
            opened.append(child)
            if isinstance(child.tag, str) or child.tag is None:
                text = child.text
                if text:
                    yield text
                path.append(iter(child._children))
            else:
                path.append(iter(()))

    # --- attributes ---

    def get(self, key, default=None):
        """The value of an attribute."""
        return self.attrib.get(key, default)

    def set(self, key, value, /):
        """Sets an attribute."""
        self.attrib[key] = value

    def keys(self):
        """The names of the attributes."""
        return self.attrib.keys()

    def items(self):
        """(name, value) of the attributes."""
        return self.attrib.items()


def _walk(root, tag):
    path = [iter((root,))]
    while path:
        element = next(path[-1], None)
        if element is None:
            path.pop()
            continue
        if tag is None or element.tag == tag:
            yield element
        path.append(iter(element._children) if type(element) is Element else iter(element))


def SubElement(parent, tag, attrib={}, **extra):
    """A new element at the end of another one."""
    if not isinstance(parent, Element):
        raise TypeError(f'SubElement() argument 1 must be xml.etree.ElementTree.Element, not {type(parent).__name__}')
    if not isinstance(attrib, dict):
        raise TypeError(f'SubElement() argument 3 must be dict, not {type(attrib).__name__}')
    element = parent.makeelement(tag, {**attrib, **extra})
    parent.append(element)
    return element


def Comment(text=None):
    """A comment: an element whose tag is this function."""
    element = Element(Comment)
    element.text = text
    return element


def ProcessingInstruction(target, text=None):
    """A processing instruction: an element whose tag is this function."""
    element = Element(ProcessingInstruction)
    element.text = f'{target} {text}' if text else target
    return element


PI = ProcessingInstruction


class QName:
    """A name with its namespace, for tags and values of attributes."""

    def __init__(self, text_or_uri, tag=None):
        self.text = f'{{{text_or_uri}}}{tag}' if tag else text_or_uri

    def __str__(self):
        return self.text

    def __repr__(self):
        return f'<{type(self).__name__} {self.text!r}>'

    def __hash__(self):
        return hash(self.text)

    def _order(self, other):
        return other.text if isinstance(other, QName) else other

    def __eq__(self, other):
        return self.text == self._order(other)

    def __lt__(self, other):
        return self.text < self._order(other)

    def __le__(self, other):
        return self.text <= self._order(other)

    def __gt__(self, other):
        return self.text > self._order(other)

    def __ge__(self, other):
        return self.text >= self._order(other)


def iselement(element):
    """Does it look like an element?"""
    return hasattr(element, 'tag')


for _made in (Element, SubElement, Comment, ProcessingInstruction, QName, iselement):
    _made.__module__ = 'xml.etree.ElementTree'
