"""Headers as objects: strings that also know what they mean. HeaderRegistry chooses the class by the name of the header.

The class of a header is a mix-in and BaseHeader together. The mix-in's `parse` puts what it finds into a dict: 'decoded',
the string; 'parse_tree', from which the header is folded; 'defects'; and what else the mix-in names in `_fields`, which
its `init` makes attributes of.
"""
from operator import attrgetter
from types import MappingProxyType

from email import _header_values as parser, errors, utils
from email._header_fold import fold as _fold

__all__ = ['Address', 'Group', 'HeaderRegistry']

# What must stand in quotes in the part before the @; in a name the dot must, too.
_IN_QUOTES = frozenset('()<>@,;:\\"[] \t')
_IN_QUOTES_IN_NAMES = _IN_QUOTES - {' ', '\t'} | {'.'}


def _kept(name):
    """A property that cannot be set: what the object keeps under the name with an underscore."""
    return property(attrgetter('_' + name))


def _quoted(text, special):
    """A text, in quotes if it has special characters."""
    return text if special.isdisjoint(text) else f'"{utils.quote(text)}"'


class Address:
    """A mail address and the name shown with it. It can be given as username and domain, or whole as addr_spec."""

    def __init__(self, display_name='', username='', domain='', addr_spec=None):
        for part in (display_name, username, domain, addr_spec):
            if part and not {'\r', '\n'}.isdisjoint(part):
                raise ValueError('invalid arguments; address parts cannot contain CR or LF')
        if addr_spec is None:
            self._parts = display_name, username, domain
        elif username or domain:
            raise TypeError('addrspec specified when username and/or domain also specified')
        else:
            self._parts = display_name, *self._split(addr_spec)

    @staticmethod
    def _split(addr_spec):
        lexer = parser._AddressLexer(addr_spec)
        words, _ = lexer.phrase()
        local = lexer.local_part(words)
        for defect in lexer.defects:
            if not isinstance(defect, errors.ObsoleteHeaderDefect):
                raise defect
        rest = addr_spec[lexer.pos:]
        if not words:
            raise errors.HeaderParseError(f"Expected 'atom' or 'quoted-string' but found {rest!r}" if rest.strip() else
                                          "expected local-part but found ''")
        if lexer.peek() != '@':
            raise errors.InvalidHeaderDefect('addr-spec local part with no domain')
        domain = lexer.domain_after_at()
        if lexer.peek():
            raise ValueError('Invalid addr_spec; only {!r} could be parsed from {!r}'.format(
                addr_spec[:lexer.pos], addr_spec))
        return local, domain

    display_name = property(lambda self: self._parts[0])
    username = property(lambda self: self._parts[1])
    domain = property(lambda self: self._parts[2])

    @property
    def addr_spec(self):
        """username@domain, quoted where that is needed."""
        local = _quoted(self.username, _IN_QUOTES)
        return f'{local}@{self.domain}' if self.domain else local or '<>'

    def __str__(self):
        name, address = _quoted(self.display_name, _IN_QUOTES_IN_NAMES), self.addr_spec
        if not name:
            return address
        return f'{name} <>' if address == '<>' else f'{name} <{address}>'

    def __repr__(self):
        fields = zip(('display_name', 'username', 'domain'), self._parts)
        return f'{type(self).__name__}({", ".join(f"{name}={part!r}" for name, part in fields)})'

    def __eq__(self, other):
        return self._parts == other._parts if isinstance(other, Address) else NotImplemented


class Group:
    """Addresses under a name; without one, a single address."""

    def __init__(self, display_name=None, addresses=None):
        self._display_name, self._addresses = display_name, tuple(addresses or ())

    display_name, addresses = _kept('display_name'), _kept('addresses')

    def __str__(self):
        name = self.display_name
        if name is None and len(self.addresses) == 1:
            return str(self.addresses[0])
        start = f'{name if name is None else _quoted(name, _IN_QUOTES_IN_NAMES)}:'
        return ' '.join(filter(None, [start, ', '.join(map(str, self.addresses))])) + ';'

    def __repr__(self):
        # The missing parenthesis is what people see in CPython, too.
        return '{0}(display_name={1.display_name!r}, addresses={1.addresses!r}'.format(type(self).__name__, self)

    def __eq__(self, other):
        if isinstance(other, Group):
            return self.display_name == other.display_name and self.addresses == other.addresses
        return NotImplemented


class BaseHeader(str):
    """What all headers have: a name, and the defects of the value."""

    def __new__(cls, name, value):
        found = {'defects': []}
        cls.parse(value, found)
        made = cls._reconstruct(utils._sanitize(found.pop('decoded')))
        made.init(name, **found)
        return made

    def init(self, name, *, parse_tree, defects):
        self._name, self._parse_tree, self._defects = name, parse_tree, defects

    name = _kept('name')
    defects = property(lambda self: (*self._defects,))

    def fold(self, *, policy):
        """The lines of the header, name and line ends included."""
        return _fold(self.name, self._parse_tree, policy)

    @classmethod
    def _reconstruct(cls, value):
        return super().__new__(cls, value)

    def __reduce__(self):
        # The class was made by a registry: nobody can import it.
        kind = type(self)
        return _reconstruct_header, (kind.__name__, kind.__bases__, str(self)), self.__dict__


def _reconstruct_header(cls_name, bases, value):
    return type(cls_name, bases, {})._reconstruct(value)


class _Kind:
    """What the mix-ins have in common. `max_count` says how often a message may have the header."""

    max_count = None
    _fields = ()

    @classmethod
    def parse(cls, value, kwds):
        tree = cls.value_parser(value)
        kwds.update(parse_tree=tree, decoded=str(tree), defects=kwds['defects'] + tree.defects)

    def init(self, *args, **kw):
        for name in self._fields:
            setattr(self, '_' + name, kw.pop(name))
        super().init(*args, **kw)


class UnstructuredHeader(_Kind):
    """Any text."""

    value_parser = staticmethod(parser.parse_unstructured)


class DateHeader(_Kind):
    """A date: `datetime` is it, None if it cannot be read. Its text is in the usual form."""

    value_parser = staticmethod(parser.parse_unstructured)
    _fields = ('datetime',)
    datetime = _kept('datetime')

    @classmethod
    def parse(cls, value, kwds):
        problem = None
        if not value:
            value, problem = '', errors.HeaderMissingRequiredValue()
        elif isinstance(value, str):
            try:
                value = utils.parsedate_to_datetime(value)
            except ValueError:
                problem = errors.InvalidDateDefect('Invalid date value or format')
        if problem is None:
            super().parse(utils.format_datetime(value), kwds)
            kwds['datetime'] = value
        else:
            kwds['defects'].append(problem)
            kwds.update(datetime=None, decoded=value, parse_tree=parser.Parsed())


class AddressHeader(_Kind):
    """Addresses, alone and in groups. It can be made of text, and of Address and Group objects."""

    value_parser = staticmethod(parser.parse_address_list)
    _fields = ('groups',)

    @classmethod
    def parse(cls, value, kwds):
        if isinstance(value, str):
            tree = cls.value_parser(value)
            defects = tree.defects
            groups = [cls._group_of(entry) for entry in tree.addresses]
        else:
            tree, defects = None, ()
            items = value if hasattr(value, '__iter__') else (value,)
            groups = [item if hasattr(item, 'addresses') else Group(None, (item,)) for item in items]
        text = ', '.join(str(group) for group in groups)
        kwds.update(decoded=text, groups=groups, defects=[*defects],
                    parse_tree=cls.value_parser(text) if tree is None else tree)

    @staticmethod
    def _group_of(entry):
        boxes = ((box.display_name, box.local_part, box.domain) for box in entry.all_mailboxes)
        return Group(entry.display_name, [Address(*(part or '' for part in box)) for box in boxes])

    groups = property(lambda self: tuple(self._groups))

    @property
    def addresses(self):
        """All addresses, whatever group they are in."""
        return tuple(address for group in self._groups for address in group.addresses)


class SingleAddressHeader(AddressHeader):
    """One address."""

    @property
    def address(self):
        if len(addresses := self.addresses) == 1:
            return addresses[0]
        raise ValueError(f'value of single address header {self.name} is not a single address')


class UniqueUnstructuredHeader(UnstructuredHeader):
    max_count = 1


class UniqueDateHeader(DateHeader):
    max_count = 1


class UniqueAddressHeader(AddressHeader):
    max_count = 1


class UniqueSingleAddressHeader(SingleAddressHeader):
    max_count = 1


class MIMEVersionHeader(_Kind):
    """MIME-Version: `version`, `major` and `minor`; None if they cannot be read."""

    max_count = 1
    value_parser = staticmethod(parser.parse_mime_version)
    _fields = ('version', 'major', 'minor')
    version, major, minor = map(_kept, _fields)

    @classmethod
    def parse(cls, value, kwds):
        super().parse(value, kwds)
        major, minor = kwds['parse_tree'].major, kwds['parse_tree'].minor
        known = minor is not None
        kwds.update(version=f'{major}.{minor}' if known else None, major=major if known else None, minor=minor)


class ParameterizedMIMEHeader(_Kind):
    """A header with parameters: `params`, which cannot be changed."""

    max_count = 1
    _fields = ('params',)
    params = property(lambda self: MappingProxyType(self._params))

    @classmethod
    def parse(cls, value, kwds):
        super().parse(value, kwds)
        pairs = kwds['parse_tree'].params or ()
        kwds['params'] = {utils._sanitize(name).lower(): utils._sanitize(text) for name, text in pairs}


def _parsed(name):
    """A property: what the parser found, and None for nothing."""
    def found(self):
        text = getattr(self._parse_tree, name)
        return None if text is None else utils._sanitize(text)
    return property(found)


class ContentTypeHeader(ParameterizedMIMEHeader):
    """Content-Type: `maintype`, `subtype`, and both as `content_type`."""

    value_parser = staticmethod(parser.parse_content_type)
    maintype, subtype = _parsed('maintype'), _parsed('subtype')
    content_type = property(lambda self: f'{self.maintype}/{self.subtype}')


class ContentDispositionHeader(ParameterizedMIMEHeader):
    """Content-Disposition: `content_disposition`."""

    value_parser = staticmethod(parser.parse_content_disposition)
    content_disposition = _parsed('content_disposition')


class ContentTransferEncodingHeader(_Kind):
    """Content-Transfer-Encoding: `cte`."""

    max_count = 1
    value_parser = staticmethod(parser.parse_content_transfer_encoding)
    cte = _parsed('cte')


class MessageIDHeader(_Kind):
    """Message-ID."""

    max_count = 1
    value_parser = staticmethod(parser.parse_message_id)


_BY_NAME = {'subject': UniqueUnstructuredHeader, 'message-id': MessageIDHeader, 'mime-version': MIMEVersionHeader,
            'content-type': ContentTypeHeader, 'content-disposition': ContentDispositionHeader,
            'content-transfer-encoding': ContentTransferEncodingHeader,
            'date': UniqueDateHeader, 'orig-date': UniqueDateHeader, 'sender': UniqueSingleAddressHeader,
            **dict.fromkeys(('from', 'to', 'cc', 'bcc', 'reply-to'), UniqueAddressHeader)}
# Each station that sends a message on adds headers of its own.
_BY_NAME |= {'resent-date': DateHeader, 'resent-sender': SingleAddressHeader,
             **dict.fromkeys(('resent-from', 'resent-to', 'resent-cc', 'resent-bcc'), AddressHeader)}


class HeaderRegistry:
    """Makes headers: registry(name, value). Each class is made of a mix-in for the name and of `base_class`."""

    def __init__(self, base_class=BaseHeader, default_class=UnstructuredHeader, use_default_map=True):
        self.base_class, self.default_class = base_class, default_class
        self.registry = {**_BY_NAME} if use_default_map else {}

    def map_to_type(self, name, cls):
        """Use a class for the headers of a name."""
        self.registry[name.lower()] = cls

    def __getitem__(self, name):
        kind = self.registry.get(name.lower(), self.default_class)
        return type(f'_{kind.__name__}', (kind, self.base_class), {})

    def __call__(self, name, value):
        make = self[name]
        return make(name, value)
