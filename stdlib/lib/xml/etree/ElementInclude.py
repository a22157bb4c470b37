"""XInclude: elements that stand for other files."""
import copy
from urllib.parse import urljoin

from xml.etree import ElementTree

XINCLUDE = '{http://www.w3.org/2001/XInclude}'
XINCLUDE_INCLUDE, XINCLUDE_FALLBACK = XINCLUDE + 'include', XINCLUDE + 'fallback'
DEFAULT_MAX_INCLUSION_DEPTH = 6


class FatalIncludeError(SyntaxError):
    """Something cannot be included."""


class LimitedRecursiveIncludeError(FatalIncludeError):
    """Files include each other too deeply."""


def default_loader(href, parse, encoding=None):
    """The root of a document, or the text of a file."""
    if parse == 'xml':
        with open(href, 'rb') as file:
            return ElementTree.parse(file).getroot()
    with open(href, encoding=encoding or 'UTF-8') as file:
        return file.read()


def include(elem, loader=None, base_url=None, max_depth=DEFAULT_MAX_INCLUSION_DEPTH):
    """Replaces the include elements below `elem`, at most so many files deep (None: any)."""
    if max_depth is None:
        max_depth = -1
    elif max_depth < 0:
        raise ValueError('expected non-negative depth or None for \'max_depth\', got %r' % max_depth)
    _include(elem.getroot() if isinstance(elem, ElementTree.ElementTree) else elem, loader or default_loader, base_url,
             max_depth, frozenset())


def _include(parent, load, base, depth, above):
    place = 0
    while place < len(parent):
        child = parent[place]
        if child.tag == XINCLUDE_FALLBACK:
            raise FatalIncludeError('xi:fallback tag must be child of xi:include (%r)' % child.tag)
        if child.tag != XINCLUDE_INCLUDE:
            _include(child, load, base, depth, above)
            place += 1
            continue
        href = child.get('href')
        if base:
            href = urljoin(base, href)
        kind = child.get('parse', 'xml')
        if kind == 'xml':
            parent[place] = _document(child, href, load, depth, above)
            place += 1
        elif kind == 'text':
            text = load(href, kind, child.get('encoding'))
            if text is None:
                raise FatalIncludeError('cannot load %r as %r' % (href, kind))
            text += child.tail or ''
            if place:
                parent[place - 1].tail = (parent[place - 1].tail or '') + text
            else:
                parent.text = (parent.text or '') + text
            del parent[place]
        else:
            raise FatalIncludeError('unknown parse type in xi:include tag (%r)' % kind)


def _document(child, href, load, depth, above):
    if href in above:
        raise FatalIncludeError('recursive include of %s' % href)
    if depth == 0:
        raise LimitedRecursiveIncludeError('maximum xinclude depth reached when including file %s' % href)
    root = load(href, 'xml')
    if root is None:
        raise FatalIncludeError('cannot load %r as %r' % (href, 'xml'))
    root = copy.copy(root)
    _include(root, load, href, depth - 1, above | {href})
    if child.tail:
        root.tail = (root.tail or '') + child.tail
    return root
