"""From trees to text: XML, HTML and plain text, with indentation, and the canonical form."""
import contextlib
import io

from xml.etree._elements import Comment, ProcessingInstruction, QName

# The functions that make comments and processing instructions are the tags of these.
comment_tags = {Comment}
instruction_tags = {ProcessingInstruction}

_EMPTY_IN_HTML = {'area', 'base', 'basefont', 'br', 'col', 'embed', 'frame', 'hr', 'img', 'input', 'isindex', 'link',
                  'meta', 'param', 'source', 'track', 'wbr'}
# Prefixes that are used when nobody says otherwise.
namespace_map = {
    'http://www.w3.org/XML/1998/namespace': 'xml',
    'http://www.w3.org/1999/xhtml': 'html',
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
    'http://schemas.xmlsoap.org/wsdl/': 'wsdl',
    'http://www.w3.org/2001/XMLSchema': 'xs',
    'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
    'http://purl.org/dc/elements/1.1/': 'dc',
}


def register_namespace(prefix, uri):
    """From now on, the prefix is written for the namespace."""
    import re
    if re.match(r'ns\d+$', prefix):
        raise ValueError('Prefix format reserved for internal use')
    for known_uri, known in list(namespace_map.items()):
        if known_uri == uri or known == prefix:
            del namespace_map[known_uri]
    namespace_map[uri] = prefix


def _cannot(text):
    raise TypeError('cannot serialize %r (type %s)' % (text, type(text).__name__))


def _escape(text, table):
    try:
        for character, written in table:
            if character in text:
                text = text.replace(character, written)
    except (TypeError, AttributeError):
        _cannot(text)
    return text


_IN_TEXT = (('&', '&amp;'), ('<', '&lt;'), ('>', '&gt;'))
_IN_ATTRIBUTE = (*_IN_TEXT, ('"', '&quot;'), ('\r', '&#13;'), ('\n', '&#10;'), ('\t', '&#09;'))
_IN_HTML_ATTRIBUTE = (('&', '&amp;'), ('>', '&gt;'), ('"', '&quot;'))


def _survey(root):
    """The native core's look at a tree: the names in it that have a namespace, or None if it cannot write the tree."""
    try:
        from _elementtree import _survey as survey
    except ImportError:
        return None
    return survey(root, comment_tags, instruction_tags)


def _names(root, default, known=None):
    """How each tag and attribute of the tree is written, and the (uri, prefix) pairs that must be declared."""
    written = {None: None}
    spaces = {default: ''} if default else {}

    def add(name):
        try:
            if name[:1] == '{':
                uri, local = name[1:].rsplit('}', 1)
                prefix = spaces.get(uri)
                if prefix is None:
                    prefix = namespace_map.get(uri)
                    if prefix is None:
                        prefix = f'ns{len(spaces)}'
                    if prefix != 'xml':
                        spaces[uri] = prefix
                written[name] = f'{prefix}:{local}' if prefix else local
            elif default:
                raise ValueError('cannot use non-qualified names with default_namespace option')
            else:
                written[name] = name
        except TypeError:
            _cannot(name)

    if known is not None:
        for name in known:
            add(name)
        return written, spaces
    for element in root.iter():
        tag = element.tag.text if isinstance(element.tag, QName) else element.tag
        if isinstance(tag, str):
            if tag not in written:
                add(tag)
        elif tag is not None and not (callable(tag) and (tag in comment_tags or tag in instruction_tags)):
            _cannot(tag)
        for key, value in element.items():
            for name in (key, value if isinstance(value, QName) else None):
                name = name.text if isinstance(name, QName) else name
                if name not in written:
                    add(name)
        if isinstance(element.text, QName) and element.text.text not in written:
            add(element.text.text)
    return written, spaces


def _declarations(spaces, table):
    """What declares the prefixes, in the first start tag."""
    return ''.join(' xmlns%s="%s"' % (':' + prefix if prefix else '', _escape(uri, table))
                   for uri, prefix in sorted(spaces.items(), key=lambda pair: pair[1]))


def _markup(write, root, names, spaces, html, short):
    """Writes a tree as XML or HTML: no recursion, so that depth is no matter."""
    attribute_table = _IN_HTML_ATTRIBUTE if html else _IN_ATTRIBUTE
    pending = [root]    # elements, and texts to be written as they are
    while pending:
        element = pending.pop()
        if isinstance(element, str):
            write(element)
            continue
        tag, text, tail = element.tag, element.text, element.tail
        special = not isinstance(tag, str) and callable(tag)
        if special and tag in comment_tags:
            write(f'<!--{_escape(text, _IN_TEXT) if html else text}-->')
        elif special and tag in instruction_tags:
            write(f'<?{_escape(text, _IN_TEXT) if html else text}?>')
        else:
            name = names[tag.text if isinstance(tag, QName) else tag]
            if tail:
                pending.append(_escape(tail, _IN_TEXT))
                tail = None
            if isinstance(text, QName):
                text = names[text.text]
            if name is None:
                spaces = None
                if text:
                    write(_escape(text, _IN_TEXT))
                pending.extend(reversed(list(element)))
                continue
            write('<' + name)
            if spaces:
                write(_declarations(spaces, attribute_table))
                spaces = None
            for key, value in element.items():
                if isinstance(key, QName):
                    key = key.text
                value = names[value.text] if isinstance(value, QName) else _escape(value, attribute_table)
                write(f' {names[key]}="{value}"')
            children = list(element)
            lower = name.lower() if html else None
            if html:
                write('>')
                if text:
                    write(text if lower in ('script', 'style') else _escape(text, _IN_TEXT))
                if lower not in _EMPTY_IN_HTML:
                    pending.append(f'</{name}>')
            elif text or children or not short:
                write('>')
                if text:
                    write(_escape(text, _IN_TEXT))
                pending.append(f'</{name}>')
            else:
                write(' />')
            pending.extend(reversed(children))
        if tail:
            write(_escape(tail, _IN_TEXT))


@contextlib.contextmanager
def _output(target, encoding):
    """(write, encoding) for a file name, a binary file or a text file."""
    if not hasattr(target, 'write'):
        if encoding.lower() == 'unicode':
            encoding = 'utf-8'
        with open(target, 'w', encoding=encoding, errors='xmlcharrefreplace') as file:
            yield file.write, encoding
        return
    if encoding.lower() == 'unicode':
        yield target.write, getattr(target, 'encoding', None) or 'utf-8'
        return
    if isinstance(target, io.RawIOBase):
        binary = io.BufferedWriter(target)
    elif isinstance(target, io.BufferedIOBase):
        binary = target
    else:
        binary = io.BufferedIOBase()
        binary.writable = lambda: True
        binary.write = target.write
        try:
            binary.seekable, binary.tell = target.seekable, target.tell
        except AttributeError:
            pass
    file = io.TextIOWrapper(binary, encoding=encoding, errors='xmlcharrefreplace', newline='\n')
    try:
        yield file.write, encoding
    finally:
        file.detach()
        if binary is not target and isinstance(target, io.RawIOBase):
            binary.detach()


def write_tree(root, target, encoding, declaration, default, method, short):
    """ElementTree.write()."""
    method = _checked_method(method)
    encoding = encoding or _usual_encoding(method)
    with _output(target, encoding) as (write, declared):
        render(write, root, encoding, declared, declaration, default, method, short)


def tree_text(root, encoding, declaration, default, method, short, small=False):
    """The text of an element as a list of pieces, small ones if asked for, and the encoding to use, None for none."""
    method = _checked_method(method)
    encoding = encoding or _usual_encoding(method)
    pieces = []
    plain = encoding.lower() == 'unicode'
    render(pieces.append, root, encoding, 'utf-8' if plain else encoding, declaration, default, method, short, small)
    return pieces, None if plain else encoding


def _checked_method(method):
    if not method:
        return 'xml'
    if method not in ('xml', 'html', 'text', 'c14n'):
        raise ValueError('unknown method %r' % method)
    return method


def _usual_encoding(method):
    return 'utf-8' if method == 'c14n' else 'us-ascii'


def render(write, root, encoding, declared, declaration, default, method, short, small=False):
    """Writes a tree as text; `declared` is the encoding that the text says it has."""
    wanted = declaration or declaration is None and encoding.lower() != 'unicode' and declared.lower() not in (
        'utf-8', 'us-ascii')
    if method == 'xml' and wanted:
        write(f"<?xml version='1.0' encoding='{declared}'?>\n")
    if method == 'text':
        for text in root.itertext():
            write(text)
        if root.tail:
            write(root.tail)
        return
    known = None if method == 'html' or default or small else _survey(root)
    names, spaces = _names(root, default, known)
    if known is None:
        _markup(write, root, names, spaces, method == 'html', short)
    else:
        from _elementtree import _write_plain
        _write_plain(write, root, names, _declarations(spaces, _IN_ATTRIBUTE), short, comment_tags, instruction_tags)


def indent(tree, space='  ', level=0):
    """Puts spaces and newlines between the elements, so that the text shows the tree."""
    root = tree.getroot() if hasattr(tree, 'getroot') else tree
    if level < 0:
        raise ValueError(f'Initial indentation level must be >= 0, got {level}')
    todo = [(root, level)] if len(root) else []
    breaks = ['\n' + level * space]     # a newline and the spaces, for each depth from `level` on: one str each
    while todo:
        element, depth = todo.pop()
        if len(breaks) < depth - level + 2:
            breaks.append(breaks[-1] + space)
        outer, inner = breaks[depth - level], breaks[depth - level + 1]
        if not element.text or not element.text.strip():
            element.text = inner
        last = None
        for child in element:
            if len(child):
                todo.append((child, depth + 1))
            if not child.tail or not child.tail.strip():
                child.tail = inner
            last = child
        if not last.tail.strip():
            last.tail = outer


register_namespace._namespace_map = namespace_map
for _made in (register_namespace, indent):
    _made.__module__ = 'xml.etree.ElementTree'
