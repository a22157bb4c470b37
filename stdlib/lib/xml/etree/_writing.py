"""From trees to text: XML, HTML and plain text, with indentation, and the canonical form."""
import contextlib
import io

from xml.etree._elements import Comment, ProcessingInstruction, QName

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


def _names(root, default):
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

    for element in root.iter():
        tag = element.tag.text if isinstance(element.tag, QName) else element.tag
        if isinstance(tag, str):
            if tag not in written:
                add(tag)
        elif tag not in (None, Comment, ProcessingInstruction):
            _cannot(tag)
        for key, value in element.items():
            for name in (key, value if isinstance(value, QName) else None):
                name = name.text if isinstance(name, QName) else name
                if name not in written:
                    add(name)
        if isinstance(element.text, QName) and element.text.text not in written:
            add(element.text.text)
    return written, spaces


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
        if tag is Comment:
            write(f'<!--{_escape(text, _IN_TEXT) if html else text}-->')
        elif tag is ProcessingInstruction:
            write(f'<?{_escape(text, _IN_TEXT) if html else text}?>')
        else:
            name = names[tag.text if isinstance(tag, QName) else tag]
            if tail:
                pending.append(_escape(tail, _IN_TEXT))
                tail = None
            if isinstance(text, QName):
                text = names[text.text]
            if name is None:
                if text:
                    write(_escape(text, _IN_TEXT))
                pending.extend(reversed(list(element)))
                continue
            write('<' + name)
            if spaces:
                for uri, prefix in sorted(spaces.items(), key=lambda pair: pair[1]):
                    write(' xmlns%s="%s"' % (':' + prefix if prefix else '', _escape(uri, attribute_table)))
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
    if not method:
        method = 'xml'
    elif method not in ('xml', 'html', 'text', 'c14n'):
        raise ValueError('unknown method %r' % method)
    if not encoding:
        encoding = 'utf-8' if method == 'c14n' else 'us-ascii'
    with _output(target, encoding) as (write, declared):
        wanted = declaration or declaration is None and encoding.lower() != 'unicode' and declared.lower() not in (
            'utf-8', 'us-ascii')
        if method == 'xml' and wanted:
            write(f"<?xml version='1.0' encoding='{declared}'?>\n")
        if method == 'text':
            for text in root.itertext():
                write(text)
            if root.tail:
                write(root.tail)
        else:
            names, spaces = _names(root, default)
            _markup(write, root, names, spaces, method == 'html', short)


def indent(tree, space='  ', level=0):
    """Puts spaces and newlines between the elements, so that the text shows the tree."""
    root = tree.getroot() if hasattr(tree, 'getroot') else tree
    if level < 0:
        raise ValueError(f'Initial indentation level must be >= 0, got {level}')
    todo = [(root, level)] if len(root) else []
    while todo:
        element, depth = todo.pop()
        inner, outer = '\n' + (depth + 1) * space, '\n' + depth * space
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
