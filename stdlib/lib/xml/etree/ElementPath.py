"""The paths of find() and findall(): a small part of XPath.

A path becomes a list of steps; a step turns elements into elements: tag, *, ., .., // and [predicates].
"""
import re

_TOKEN = re.compile(r"""('[^']*'|"[^"]*")|(::|//?|\.\.|\(\)|!=|[/.*:\[\]()@=])|((?:\{[^}]+\})?[^/\[\]()@!=\s]+)|\s+""")
_cache = {}     # (path, namespaces) -> steps


def xpath_tokenizer(pattern, namespaces=None):
    """(sign, name) of each token; prefixes are replaced by their namespaces."""
    default = namespaces.get('') if namespaces else None
    attribute = False
    for match in _TOKEN.finditer(pattern):
        quoted, sign, name = match[1], match[2], match[3]
        if name and name[0] != '{':
            if ':' in name:
                prefix, local = name.split(':', 1)
                try:
                    if not namespaces:
                        raise KeyError
                    yield sign or '', '{%s}%s' % (namespaces[prefix], local)
                except KeyError:
                    raise SyntaxError('prefix %r not found in prefix map' % prefix) from None
            elif default and not attribute:
                yield sign or '', '{%s}%s' % (default, name)
            else:
                yield sign or '', name
            attribute = False
        else:
            yield quoted or sign or '', name or ''
            attribute = sign == '@'


class _Path:
    """What the steps of one search share: the root, and who is whose parent."""

    def __init__(self, root):
        self.root = root
        self._parents = None

    def parents(self):
        if self._parents is None:
            self._parents = {child: parent for parent in self.root.iter() for child in parent}
        return self._parents


def _fits(tag):
    """A test of elements for a tag with wildcards; the tag as a str if it has none; None if all elements fit."""
    if tag == '*':
        return None
    if tag == '{*}*':
        return lambda element: isinstance(element.tag, str)
    if tag == '{}*':
        return lambda element: isinstance(element.tag, str) and element.tag[:1] != '{'
    if tag.startswith('{*}'):
        local, end = tag[3:], tag[2:]
        return lambda element: isinstance(element.tag, str) and (
            element.tag == local or element.tag[:1] == '{' and element.tag.endswith(end))
    if tag.startswith('{}'):
        tag = tag[2:]
    elif tag.endswith('}*'):
        space = tag[:-1]
        return lambda element: isinstance(element.tag, str) and element.tag.startswith(space)
    return tag


def _children(tag):
    fits = _fits(tag)
    if fits is None:
        def step(path, elements):
            for element in elements:
                yield from element
    elif isinstance(fits, str):
        def step(path, elements):
            for element in elements:
                for child in element:
                    if child.tag == fits:
                        yield child
    else:
        def step(path, elements):
            for element in elements:
                for child in element:
                    if fits(child):
                        yield child
    return step


def _descendants(tag):
    fits = _fits(tag)
    if fits is None or isinstance(fits, str):
        def step(path, elements):
            for element in elements:
                for found in element.iter(fits):
                    if found is not element:
                        yield found
    else:
        def step(path, elements):
            for element in elements:
                for found in element.iter():
                    if found is not element and fits(found):
                        yield found
    return step


def _self(path, elements):
    return elements


def _parent(path, elements):
    seen = set()
    for element in elements:
        parent = path.parents().get(element)
        if parent is not None and id(parent) not in seen:
            seen.add(id(parent))
            yield parent


def _filter(test):
    def step(path, elements):
        for element in elements:
            if test(path, element):
                yield element
    return step


def _filter_attribute(key, value):
    """Elements whose attribute has a value."""
    def step(path, elements):
        for element in elements:
            if element.get(key) == value:
                yield element
    return step


def _nth(number):
    """The child at a place among those of its tag; negative from the end."""
    def test(path, element):
        parent = path.parents().get(element)
        if parent is None:
            return False
        same = [child for child in parent if child.tag == element.tag]
        try:
            return same[number] is element
        except IndexError:
            return False
    return test


def _text_of(element):
    return ''.join(element.itertext())


def _predicate(next_token, first):
    """The step of what stands in brackets."""
    shape, words = [], []
    while True:
        sign, name = first if first else next_token()
        first = None
        if sign == ']':
            break
        if not sign and not name:
            continue
        if sign[:1] in ('"', "'"):
            shape.append("'")
            words.append(sign[1:-1])
        else:
            shape.append(sign or '-')
            words.append(name)
    shape = ''.join(shape)
    if shape == '@-':
        key = words[1]
        return _filter(lambda path, element: element.get(key) is not None)
    if shape in ("@-='", "@-!='"):
        key, value = words[1], words[-1]
        if '!' in shape:
            return _filter(lambda path, element: element.get(key) not in (None, value))
        return _filter_attribute(key, value)
    if shape == '-' and not re.match(r'-?\d+$', words[0]):
        return _filter(lambda path, element: element.find(words[0]) is not None)
    if shape in (".='", ".!='"):
        value, wanted = words[-1], '!' not in shape
        return _filter(lambda path, element: (_text_of(element) == value) is wanted)
    if shape in ("-='", "-!='") and not re.match(r'-?\d+$', words[0]):
        tag, value, wanted = words[0], words[-1], '!' not in shape
        return _filter(lambda path, element: any(
            (_text_of(child) == value) is wanted for child in element.iterfind(tag)))
    if shape == '-' or shape in ('-()', '-()-'):
        if shape == '-':
            number = int(words[0]) - 1
            if number < 0:
                raise SyntaxError('XPath position >= 1 expected')
            return _filter(_nth(number))
        if words[0] != 'last':
            raise SyntaxError('unsupported function')
        if shape == '-()':
            return _filter(_nth(-1))
        try:
            number = int(words[2]) - 1
        except ValueError:
            raise SyntaxError('unsupported expression') from None
        if number > -2:
            raise SyntaxError('XPath offset from last() must be negative')
        return _filter(_nth(number))
    raise SyntaxError('invalid predicate')


def _steps(path, namespaces):
    tokens = xpath_tokenizer(path, namespaces)

    def next_token():
        try:
            return next(tokens)
        except StopIteration:
            raise SyntaxError('invalid path') from None

    steps = []
    token = next(tokens, None)
    while token is not None:
        sign, name = token
        if name:
            steps.append(_children(name))
        elif sign == '*':
            steps.append(_children('*'))
        elif sign == '.':
            steps.append(_self)
        elif sign == '..':
            steps.append(_parent)
        elif sign == '//':
            sign, name = next_token()
            if not name and sign != '*':
                raise SyntaxError('invalid descendant')
            steps.append(_descendants(name or '*'))
        elif sign == '[':
            steps.append(_predicate(next_token, None))
        else:
            raise SyntaxError('invalid path')
        token = next(tokens, None)
        if token is not None and token[0] == '/':
            token = next(tokens, None)
            if token is None:
                raise SyntaxError('invalid path')
    return steps


def iterfind(elem, path, namespaces=None):
    """The elements that a path leads to."""
    if path[-1:] == '/':
        path += '*'
    key = path, *(sorted(namespaces.items()) if namespaces else ())
    steps = _cache.get(key)
    if steps is None:
        if path[:1] == '/':
            raise SyntaxError('cannot use absolute path on element')
        steps = _steps(path, namespaces)
        if len(_cache) > 100:
            _cache.clear()
        _cache[key] = steps
    shared = _Path(elem)
    found = iter((elem,))
    for step in steps:
        found = step(shared, found)
    return iter(found)


def find(elem, path, namespaces=None):
    """The first of them, or None."""
    return next(iterfind(elem, path, namespaces), None)


def findall(elem, path, namespaces=None):
    """A list of them."""
    return list(iterfind(elem, path, namespaces))


def findtext(elem, path, default=None, namespaces=None):
    """The text of the first."""
    found = find(elem, path, namespaces)
    if found is None:
        return default
    return '' if found.text is None else found.text
