"""Headers as objects: strings that also know what they mean. HeaderRegistry chooses the class by the name of the header.

A class for a header is a mix-in: `parse` puts what it finds into a dict, among it 'decoded', the string, and
'parse_tree', from which the header is folded; `init` takes the rest out of it again.
"""
from types import MappingProxyType

from email import _header_values as parser, errors, utils
from email._header_fold import fold as _fold

__all__ = ['Address', 'Group', 'HeaderRegistry']


class Address:
    """A mail address and the name shown with it. It can be given as username and domain, or whole as addr_spec."""

    def __init__(self, display_name='', username='', domain='', addr_spec=None):
        inputs = ''.join(filter(None, (display_name, username, domain, addr_spec)))
        if '\r' in inputs or '\n' in inputs:
            raise ValueError('invalid arguments; address parts cannot contain CR or LF')
        if addr_spec is not None:
            if username or domain:
                raise TypeError('addrspec specified when username and/or domain also specified')
            username, domain = self._split(addr_spec)
        self._display_name = display_name
        self._username = username
        self._domain = domain

    @staticmethod
    def _split(addr_spec):
        lexer = parser._AddressLexer(addr_spec)
        words, _ = lexer.phrase()
        local = lexer.local_part(words)
        for defect in lexer.defects:
            if not isinstance(defect, errors.ObsoleteHeaderDefect):
                raise defect
        if lexer.peek() != '@':
            raise errors.HeaderParseError(f"expected '@' but found {addr_spec[lexer.pos:]!r}") if not words else \
                errors.InvalidHeaderDefect('addr-spec local part with no domain')
        domain = lexer.domain_after_at()
        if lexer.peek():
            raise ValueError('Invalid addr_spec; only {!r} could be parsed from {!r}'.format(
                addr_spec[:lexer.pos], addr_spec))
        return local, domain

    @property
    def display_name(self):
        return self._display_name

    @property
    def username(self):
        return self._username

    @property
    def domain(self):
        return self._domain

    @property
    def addr_spec(self):
        """username@domain, quoted where that is needed."""
        local = self.username
        if any(char in '()<>@,:;.\\"[] \t' and char != '.' for char in local) or local[:1] == '.' or local[-1:] == '.' \
                or '..' in local:
            local = '"' + utils.quote(local) + '"'
        if self.domain:
            return f'{local}@{self.domain}'
        return local or '<>'

    def __repr__(self):
        return '{}(display_name={!r}, username={!r}, domain={!r})'.format(
            self.__class__.__name__, self.display_name, self.username, self.domain)

    def __str__(self):
        name = _quoted_name(self.display_name)
        if not name:
            return self.addr_spec
        return f"{name} <{'' if self.addr_spec == '<>' else self.addr_spec}>"

    def __eq__(self, other):
        if not isinstance(other, Address):
            return NotImplemented
        return (self.display_name, self.username, self.domain) == (other.display_name, other.username, other.domain)


def _quoted_name(name):
    """A name, in quotes if it has special characters."""
    if name and any(char in '()<>@,:;.\\"[]' for char in name):
        return '"' + utils.quote(name) + '"'
    return name


class Group:
    """Addresses under a name; without one, a single address."""

    def __init__(self, display_name=None, addresses=None):
        self._display_name = display_name
        self._addresses = tuple(addresses) if addresses else ()

    @property
    def display_name(self):
        return self._display_name

    @property
    def addresses(self):
        return self._addresses

    def __repr__(self):
        return f'{self.__class__.__name__}(display_name={self.display_name!r}, addresses={self.addresses!r}'

    def __str__(self):
        if self.display_name is None and len(self.addresses) == 1:
            return str(self.addresses[0])
        members = ', '.join(map(str, self.addresses))
        members = ' ' + members if members else members
        return f'{_quoted_name(self.display_name)}:{members};'

    def __eq__(self, other):
        if not isinstance(other, Group):
            return NotImplemented
        return self.display_name == other.display_name and self.addresses == other.addresses


class BaseHeader(str):
    """What all headers have: a name, and the defects of the value."""

    def __new__(cls, name, value):
        found = {'defects': []}
        cls.parse(value, found)
        text = found.pop('decoded')
        if utils._has_surrogates(text):
            text = utils._sanitize(text)
        self = str.__new__(cls, text)
        self.init(name, **found)
        return self

    def init(self, name, *, parse_tree, defects):
        self._name = name
        self._parse_tree = parse_tree
        self._defects = defects

    @property
    def name(self):
        return self._name

    @property
    def defects(self):
        return tuple(self._defects)

    def __reduce__(self):
        return _reconstruct_header, (self.__class__.__name__, self.__class__.__bases__, str(self)), self.__dict__

    @classmethod
    def _reconstruct(cls, value):
        return str.__new__(cls, value)

    def fold(self, *, policy):
        """The lines of the header, name and line ends included."""
        return _fold(self.name, self._parse_tree, policy)


def _reconstruct_header(cls_name, bases, value):
    return type(cls_name, bases, {})._reconstruct(value)


class UnstructuredHeader:
    """Any text."""

    max_count = None
    value_parser = staticmethod(parser.parse_unstructured)

    @classmethod
    def parse(cls, value, kwds):
        kwds['parse_tree'] = parsed = cls.value_parser(value)
        kwds['decoded'] = str(parsed)
        kwds['defects'].extend(parsed.defects)


class UniqueUnstructuredHeader(UnstructuredHeader):
    max_count = 1


class DateHeader:
    """A date: `datetime` is it, None if it cannot be read. Its text is in the usual form."""

    max_count = None
    value_parser = staticmethod(parser.parse_unstructured)

    @classmethod
    def parse(cls, value, kwds):
        kwds['datetime'] = None
        kwds['parse_tree'] = parser.Parsed()
        if not value:
            kwds['defects'].append(errors.HeaderMissingRequiredValue())
            kwds['decoded'] = ''
            return
        if isinstance(value, str):
            kwds['decoded'] = value
            try:
                value = utils.parsedate_to_datetime(value)
            except ValueError:
                kwds['defects'].append(errors.InvalidDateDefect('Invalid date value or format'))
                return
        kwds['datetime'] = value
        kwds['decoded'] = utils.format_datetime(value)
        kwds['parse_tree'] = cls.value_parser(kwds['decoded'])

    def init(self, *args, **kw):
        self._datetime = kw.pop('datetime')
        super().init(*args, **kw)

    @property
    def datetime(self):
        return self._datetime


class UniqueDateHeader(DateHeader):
    max_count = 1


class AddressHeader:
    """Addresses, alone and in groups. It can be made of text, and of Address and Group objects."""

    max_count = None
    value_parser = staticmethod(parser.parse_address_list)

    @classmethod
    def parse(cls, value, kwds):
        if isinstance(value, str):
            kwds['parse_tree'] = parsed = cls.value_parser(value)
            groups = [Group(entry.display_name,
                            [Address(box.display_name or '', box.local_part or '', box.domain or '')
                             for box in entry.all_mailboxes])
                      for entry in parsed.addresses]
            kwds['defects'] = list(parsed.defects)
        else:
            if not hasattr(value, '__iter__'):
                value = [value]
            groups = [item if hasattr(item, 'addresses') else Group(None, [item]) for item in value]
            kwds['defects'] = []
        kwds['groups'] = groups
        kwds['decoded'] = ', '.join(map(str, groups))
        if 'parse_tree' not in kwds:
            kwds['parse_tree'] = cls.value_parser(kwds['decoded'])

    def init(self, *args, **kw):
        self._groups = tuple(kw.pop('groups'))
        self._addresses = None
        super().init(*args, **kw)

    @property
    def groups(self):
        return self._groups

    @property
    def addresses(self):
        """All addresses, whatever group they are in."""
        if self._addresses is None:
            self._addresses = tuple(address for group in self._groups for address in group.addresses)
        return self._addresses


class UniqueAddressHeader(AddressHeader):
    max_count = 1


class SingleAddressHeader(AddressHeader):
    """One address."""

    @property
    def address(self):
        if len(self.addresses) != 1:
            raise ValueError(f'value of single address header {self.name} is not a single address')
        return self.addresses[0]


class UniqueSingleAddressHeader(SingleAddressHeader):
    max_count = 1


class _Parsing:
    """A header whose parser gives the text, the defects, and what init wants to know."""

    max_count = 1

    @classmethod
    def parse(cls, value, kwds):
        kwds['parse_tree'] = parsed = cls.value_parser(value)
        kwds['decoded'] = str(parsed)
        kwds['defects'].extend(parsed.defects)


class MIMEVersionHeader(_Parsing):
    """MIME-Version: `version`, `major` and `minor`; None if they cannot be read."""

    value_parser = staticmethod(parser.parse_mime_version)

    @classmethod
    def parse(cls, value, kwds):
        super().parse(value, kwds)
        parsed = kwds['parse_tree']
        kwds['major'] = None if parsed.minor is None else parsed.major
        kwds['minor'] = parsed.minor
        kwds['version'] = None if parsed.minor is None else f'{parsed.major}.{parsed.minor}'

    def init(self, *args, **kw):
        self._version, self._major, self._minor = kw.pop('version'), kw.pop('major'), kw.pop('minor')
        super().init(*args, **kw)

    @property
    def major(self):
        return self._major

    @property
    def minor(self):
        return self._minor

    @property
    def version(self):
        return self._version


class ParameterizedMIMEHeader(_Parsing):
    """A header with parameters: `params`, which cannot be changed."""

    @classmethod
    def parse(cls, value, kwds):
        super().parse(value, kwds)
        params = kwds['parse_tree'].params or ()
        kwds['params'] = {utils._sanitize(name).lower(): utils._sanitize(text) for name, text in params}

    def init(self, *args, **kw):
        self._params = kw.pop('params')
        super().init(*args, **kw)

    @property
    def params(self):
        return MappingProxyType(self._params)


class ContentTypeHeader(ParameterizedMIMEHeader):
    """Content-Type: `maintype`, `subtype`, and both as `content_type`."""

    value_parser = staticmethod(parser.parse_content_type)

    def init(self, *args, **kw):
        super().init(*args, **kw)
        self._maintype = utils._sanitize(self._parse_tree.maintype)
        self._subtype = utils._sanitize(self._parse_tree.subtype)

    @property
    def maintype(self):
        return self._maintype

    @property
    def subtype(self):
        return self._subtype

    @property
    def content_type(self):
        return self.maintype + '/' + self.subtype


class ContentDispositionHeader(ParameterizedMIMEHeader):
    """Content-Disposition: `content_disposition`."""

    value_parser = staticmethod(parser.parse_content_disposition)

    def init(self, *args, **kw):
        super().init(*args, **kw)
        word = self._parse_tree.content_disposition
        self._content_disposition = None if word is None else utils._sanitize(word)

    @property
    def content_disposition(self):
        return self._content_disposition


class ContentTransferEncodingHeader(_Parsing):
    """Content-Transfer-Encoding: `cte`."""

    value_parser = staticmethod(parser.parse_content_transfer_encoding)

    def init(self, *args, **kw):
        super().init(*args, **kw)
        self._cte = utils._sanitize(self._parse_tree.cte)

    @property
    def cte(self):
        return self._cte


class MessageIDHeader(_Parsing):
    """Message-ID."""

    value_parser = staticmethod(parser.parse_message_id)


_default_header_map = {
    'subject': UniqueUnstructuredHeader, 'date': UniqueDateHeader, 'resent-date': DateHeader,
    'orig-date': UniqueDateHeader, 'sender': UniqueSingleAddressHeader, 'resent-sender': SingleAddressHeader,
    'to': UniqueAddressHeader, 'resent-to': AddressHeader, 'cc': UniqueAddressHeader, 'resent-cc': AddressHeader,
    'bcc': UniqueAddressHeader, 'resent-bcc': AddressHeader, 'from': UniqueAddressHeader, 'resent-from': AddressHeader,
    'reply-to': UniqueAddressHeader, 'mime-version': MIMEVersionHeader, 'content-type': ContentTypeHeader,
    'content-disposition': ContentDispositionHeader, 'content-transfer-encoding': ContentTransferEncodingHeader,
    'message-id': MessageIDHeader,
}


class HeaderRegistry:
    """Makes headers: registry(name, value). Each class is made of a mix-in for the name and of `base_class`."""

    def __init__(self, base_class=BaseHeader, default_class=UnstructuredHeader, use_default_map=True):
        self.registry = dict(_default_header_map) if use_default_map else {}
        self.base_class = base_class
        self.default_class = default_class

    def map_to_type(self, name, cls):
        """Use a class for the headers of a name."""
        self.registry[name.lower()] = cls

    def __getitem__(self, name):
        cls = self.registry.get(name.lower(), self.default_class)
        return type('_' + cls.__name__, (cls, self.base_class), {})

    def __call__(self, name, value):
        return self[name](name, value)
