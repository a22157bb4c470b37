"""The canonical form of XML (C14N 2.0): equal documents have equal texts."""
import io

from xml.etree._parsing import XMLParser
from xml.etree._writing import _escape

_IN_TEXT = (('&', '&amp;'), ('<', '&lt;'), ('>', '&gt;'), ('\r', '&#xD;'))
_IN_ATTRIBUTE = (('&', '&amp;'), ('<', '&lt;'), ('"', '&quot;'), ('\t', '&#x9;'), ('\n', '&#xA;'), ('\r', '&#xD;'))


class C14NWriterTarget:
    """The target of a parser that writes the canonical form."""

    def __init__(self, write, *, with_comments=False, strip_text=False, rewrite_prefixes=False, qname_aware_tags=None,
                 qname_aware_attrs=None, exclude_attrs=None, exclude_tags=None):
        self._write, self._comments, self._strip, self._rewrite = write, with_comments, strip_text, rewrite_prefixes
        self._name_tags = set(qname_aware_tags or ())
        self._name_attributes = set(qname_aware_attrs or ())
        self._no_attributes, self._no_tags = set(exclude_attrs or ()), set(exclude_tags or ())
        self._scopes = [{'http://www.w3.org/XML/1998/namespace': 'xml'}]    # uri -> prefix as written, for each element
        self._given = [{}]          # prefix -> uri as the document says
        self._fresh = {}
        self._texts = []
        self._numbered = {}         # uri -> prefix, when prefixes are given anew
        self._waiting = None        # a start tag whose text may hold a name
        self._started = self._ended = False
        self._skip = 0
        self._preserve = [False]

    # --- names ---

    def _prefix_for(self, uri, declared):
        hidden = set()      # prefixes that mean something else further in
        for scope in (declared, *reversed(self._scopes)):
            prefix = scope.get(uri)
            if prefix is not None and prefix not in hidden:
                return prefix
            hidden.update(scope.values())
        if self._rewrite:
            prefix = self._numbered.setdefault(uri, f'n{len(self._numbered)}')
        else:
            prefix = next((known for known, space in self._all_given().items() if space == uri), '')
        declared[uri] = prefix
        return prefix

    def _all_given(self):
        merged = {}
        for scope in self._given:
            merged.update(scope)
        return merged

    def _qualified(self, name, declared, attribute=False):
        if name[:1] == '{':
            uri, local = name[1:].rsplit('}', 1)
        elif self._rewrite and not attribute:
            uri, local = '', name
        else:
            return name
        prefix = self._prefix_for(uri, declared)
        if attribute and not prefix:
            prefix = next((known for known, space in self._all_given().items() if space == uri and known), 'n0')
        return f'{prefix}:{local}' if prefix else local

    def _named(self, text):
        """The {uri}local that a prefix:local in a text means, or None."""
        prefix, colon, local = text.strip().partition(':')
        uri = self._all_given().get(prefix) if colon else None
        return f'{{{uri}}}{local}' if uri else None

    # --- the parser's calls ---

    def start_ns(self, prefix, uri):
        if not self._skip:
            self._fresh[prefix] = uri

    def data(self, data):
        if not self._skip:
            self._texts.append(data)

    def _flush(self):
        text = ''.join(self._texts)
        self._texts = []
        if self._strip and not self._preserve[-1]:
            text = text.strip()
        if self._waiting is not None:
            (tag, attributes), self._waiting = self._waiting, None
            name = self._named(text) if text else None
            self._begin(tag, attributes, name)
            if name is not None:
                self._write(_escape(self._qualified(name, self._scopes[-1]), _IN_TEXT))
                return
        if text and self._started and not self._ended:
            self._write(_escape(text, _IN_TEXT))

    def start(self, tag, attrs):
        if self._skip or tag in self._no_tags:
            if not self._skip:
                self._flush()
            self._skip += 1
            self._fresh = {}
            return
        self._flush()
        self._given.append(self._fresh)
        self._fresh = {}
        space = attrs.get('{http://www.w3.org/XML/1998/namespace}space')
        self._preserve.append(self._preserve[-1] if space is None else space == 'preserve')
        self._waiting = tag, attrs
        if tag not in self._name_tags:
            (tag, attributes), self._waiting = self._waiting, None
            self._begin(tag, attributes, None)

    def _begin(self, tag, attrs, text_name):
        declared = {}
        attrs = {key: value for key, value in attrs.items() if key not in self._no_attributes}
        # Prefixes are numbered in the order of the names.
        names = {tag, *attrs}
        if text_name is not None:
            names.add(text_name)
        values = {}
        for key, value in attrs.items():
            name = self._named(value) if key in self._name_attributes else None
            if name is not None:
                values[key] = name
                names.add(name)
        uris = {name[1:].rsplit('}', 1)[0] for name in names if name[:1] == '{'} - {''}
        if self._rewrite and any(name[:1] != '{' for name in names):
            uris.add('')
        for uri in sorted(uris):
            self._prefix_for(uri, declared)
        written_tag = self._qualified(tag, declared)
        plain_default = not self._rewrite and self._default_in_scope() and tag[:1] != '{'
        items = []
        for key in sorted(attrs, key=lambda key: tuple(key[1:].rsplit('}', 1)) if key[:1] == '{' else ('', key)):
            value = self._qualified(values[key], declared) if key in values else attrs[key]
            items.append((self._qualified(key, declared, True), value))
        spaces = [('xmlns:' + prefix if prefix else 'xmlns', uri) for uri, prefix in declared.items()]
        if plain_default:
            spaces.append(('xmlns', ''))
            declared[''] = ''
        self._write('<' + written_tag)
        for name, value in sorted(spaces) + items:
            self._write(f' {name}="{_escape(value, _IN_ATTRIBUTE)}"')
        self._write('>')
        self._scopes.append(declared)
        self._started, self._ended = True, False
        self._depth = getattr(self, '_depth', 0) + 1

    def _default_in_scope(self):
        for scope in reversed(self._scopes):
            for uri, prefix in scope.items():
                if prefix == '':
                    return uri
        return ''

    def end(self, tag):
        if self._skip:
            self._skip -= 1
            return
        self._flush()
        self._write(f'</{self._qualified(tag, self._scopes[-1])}>')
        self._scopes.pop()
        self._given.pop()
        self._preserve.pop()
        self._depth -= 1
        self._ended = self._depth == 0

    def _aside(self, text):
        """A comment or an instruction: on a line of its own outside of the root."""
        if self._ended:
            self._write('\n')
        elif self._texts or self._waiting:
            self._flush()
        self._write(text)
        if not self._started:
            self._write('\n')

    def comment(self, text):
        if self._comments and not self._skip:
            self._aside(f'<!--{_escape(text, _IN_TEXT)}-->')

    def pi(self, target, data):
        if not self._skip:
            self._aside(f'<?{target} {_escape(data, _IN_TEXT)}?>' if data else f'<?{target}?>')


def canonicalize(xml_data=None, *, out=None, from_file=None, **options):
    """The canonical form of a text or file: as a str, or written to `out`."""
    if xml_data is None and from_file is None:
        raise ValueError("Either 'xml_data' or 'from_file' must be provided as input")
    memory = io.StringIO() if out is None else None
    parser = XMLParser(target=C14NWriterTarget((memory or out).write, **options))
    if xml_data is not None:
        parser.feed(xml_data)
        parser.close()
    elif hasattr(from_file, 'read'):
        parser._parse_whole(from_file)
    else:
        with open(from_file, 'rb') as file:
            parser._parse_whole(file)
    return memory.getvalue() if memory is not None else None


for _made in (C14NWriterTarget, canonicalize):
    _made.__module__ = 'xml.etree.ElementTree'
