"""One member of a tar archive, as the 512-byte blocks of its header say it, and how such blocks are written.

Three dialects: POSIX ustar, GNU (long names and large numbers in extra blocks) and pax (records of key=value in front
of a plain ustar header). Reading is _tar_read, which TarInfo inherits from.
"""
import struct
import sys

import _tar_read
from _tar_read import (
    AREGTYPE, BLKTYPE, BLOCKSIZE, CHRTYPE, CONTTYPE, DIRTYPE, FIFOTYPE, GNUTYPE_LONGLINK, GNUTYPE_LONGNAME,
    GNUTYPE_SPARSE, LNKTYPE, NUL, REGTYPE, REGULAR_TYPES, SYMTYPE, XGLTYPE, XHDTYPE, calc_chksums,
)

USTAR_FORMAT, GNU_FORMAT, PAX_FORMAT = 0, 1, 2
DEFAULT_FORMAT = PAX_FORMAT
GNU_MAGIC, POSIX_MAGIC = b'ustar  \0', b'ustar\x0000'
LENGTH_NAME, LENGTH_LINK, LENGTH_PREFIX = 100, 100, 155
ENCODING = sys.getfilesystemencoding()

# (key of a TarInfo, key of pax, bytes in the block) for what may be too long or not ASCII ...
_TEXTS = (('name', 'path', LENGTH_NAME), ('linkname', 'linkpath', LENGTH_LINK), ('uname', 'uname', 32),
          ('gname', 'gname', 32))
# ... and for numbers: (key, octal digits and the end).
_NUMBERS = (('uid', 8), ('gid', 8), ('size', 12), ('mtime', 12))


def stn(s, length, encoding, errors):
    """A text as a field of so many bytes, filled with NULs."""
    return s.encode(encoding, errors)[:length].ljust(length, NUL)


def itn(n, digits=8, format=DEFAULT_FORMAT):
    """A number as a field of so many bytes: octal; in GNU's dialect, what is too large in binary behind a mark byte."""
    number = int(n)
    width = digits - 1
    if number in range(8 ** width):
        return b'%0*o\0' % (width, number)
    if format == GNU_FORMAT and -(256 ** width) <= number < 256 ** width:
        mark = 0o377 if number < 0 else 0o200
        return bytearray([mark]) + (number % 256 ** width).to_bytes(width, 'big')
    raise ValueError('overflow in number field')


def _filled(payload):
    """Payload up to the next whole block."""
    return payload + NUL * (-len(payload) % BLOCKSIZE)


def _record(keyword, value):
    """A record of pax: its own length in decimal, then key=value and a newline."""
    tail = b' ' + keyword + b'=' + value + b'\n'
    length = len(tail)
    while length != len(tail) + len(str(length)):
        length = len(tail) + len(str(length))
    return b'%d%b' % (length, tail)


def _is_utf8(text):
    try:
        text.encode('utf-8')
    except UnicodeEncodeError:
        return False
    return True


class TarInfo(_tar_read.ReadMember):
    """What a tar header says of a member: name, mode, owner, size, time, type, link target."""

    __slots__ = {
        'name': 'The path within the archive.',
        'mode': 'The bits of permission.',
        'uid': 'The number of the owner.',
        'gid': 'The number of the group.',
        'size': 'How many bytes of data.',
        'mtime': 'When it was modified last.',
        'chksum': 'The sum over the header.',
        'type': 'What it is: REGTYPE, DIRTYPE, SYMTYPE, ...',
        'linkname': 'Where a link leads.',
        'uname': 'The name of the owner.',
        'gname': 'The name of the group.',
        'devmajor': 'Of a device, its first number.',
        'devminor': 'Of a device, its second number.',
        'offset': 'Where the header begins.',
        'offset_data': 'Where the data begins.',
        'pax_headers': 'The records of pax that belong to it.',
        'sparse': 'Of a sparse file, where its pieces of data belong.',
        'tarfile': None, '_sparse_structs': None, '_link_target': None,
    }

    def __init__(self, name=''):
        self.name, self.linkname = name, ''
        self.mode, self.type = 0o644, REGTYPE
        self.uname = self.gname = ''
        self.uid = self.gid = self.size = self.mtime = self.chksum = 0
        self.devmajor = self.devminor = 0
        self.offset = self.offset_data = 0
        self.sparse, self.pax_headers = None, {}

    def __repr__(self):
        return '<%s %r at %#x>' % (type(self).__name__, self.name, id(self))

    @property
    def path(self):
        """What pax calls the name."""
        return self.name

    @path.setter
    def path(self, name):
        self.name = name

    @property
    def linkpath(self):
        """What pax calls the link's target."""
        return self.linkname

    @linkpath.setter
    def linkpath(self, linkname):
        self.linkname = linkname

    def replace(self, *, name=..., mtime=..., mode=..., linkname=..., uid=..., gid=..., uname=..., gname=...,
                deep=True, _KEEP=...):
        """A copy with some attributes changed."""
        import copy
        result = copy.deepcopy(self) if deep else copy.copy(self)
        given = {'name': name, 'mtime': mtime, 'mode': mode, 'linkname': linkname, 'uid': uid, 'gid': gid,
                 'uname': uname, 'gname': gname}
        for attribute, value in given.items():
            if value is not _KEEP:
                setattr(result, attribute, value)
        return result

    # --- what kind of member ---

    def isreg(self):
        """Is it a file?"""
        return self.type in REGULAR_TYPES

    def isfile(self):
        """Is it a file?"""
        return self.isreg()

    def isdir(self):
        """Is it a folder?"""
        return self.type == DIRTYPE

    def issym(self):
        """Is it a symbolic link?"""
        return self.type == SYMTYPE

    def islnk(self):
        """Is it a hard link?"""
        return self.type == LNKTYPE

    def ischr(self):
        """Is it a character device?"""
        return self.type == CHRTYPE

    def isblk(self):
        """Is it a block device?"""
        return self.type == BLKTYPE

    def isfifo(self):
        """Is it a named pipe?"""
        return self.type == FIFOTYPE

    def isdev(self):
        """Is it a device or a named pipe?"""
        return self.type in (CHRTYPE, BLKTYPE, FIFOTYPE)

    def issparse(self):
        """Are there holes in its data?"""
        return self.sparse is not None

    # --- writing ---

    def get_info(self):
        """All of it in a dict; the name of a folder ends with a slash."""
        keys = ('name', 'mode', 'uid', 'gid', 'size', 'mtime', 'chksum', 'type', 'linkname', 'uname', 'gname',
                'devmajor', 'devminor')
        info = {key: getattr(self, key) for key in keys}
        if info['mode'] is not None:
            info['mode'] &= 0o7777
        if self.type == DIRTYPE and not self.name.endswith('/'):
            info['name'] = self.name + '/'
        return info

    def tobuf(self, format=DEFAULT_FORMAT, encoding=ENCODING, errors='surrogateescape'):
        """The header in this dialect: a whole number of blocks."""
        info = self.get_info()
        for name, value in info.items():
            if value is None:
                raise ValueError('%s may not be None' % name)
        if format == PAX_FORMAT:
            return self.create_pax_header(info, encoding)
        if format == GNU_FORMAT:
            return self.create_gnu_header(info, encoding, errors)
        if format == USTAR_FORMAT:
            return self.create_ustar_header(info, encoding, errors)
        raise ValueError('invalid format')

    def create_ustar_header(self, info, encoding, errors):
        """The header in POSIX's first dialect; ValueError when something is too long for it."""
        info['magic'] = POSIX_MAGIC
        if len(info['linkname'].encode(encoding, errors)) > LENGTH_LINK:
            raise ValueError('linkname is too long')
        name = info['name']
        if len(name.encode(encoding, errors)) > LENGTH_NAME:
            info['prefix'], info['name'] = self._split_name(name, encoding, errors)
        return self._block_of(info, USTAR_FORMAT, encoding, errors)

    def create_gnu_header(self, info, encoding, errors):
        """The header in GNU's dialect: long names stand in members of their own in front of it."""
        info['magic'] = GNU_MAGIC
        blocks = []
        for key, limit, kind in (('linkname', LENGTH_LINK, GNUTYPE_LONGLINK), ('name', LENGTH_NAME, GNUTYPE_LONGNAME)):
            text = info[key].encode(encoding, errors)
            if len(text) > limit:
                blocks.append(self._extension('././@LongLink', kind, text + NUL, GNU_MAGIC, encoding, errors))
        blocks.append(self._block_of(info, GNU_FORMAT, encoding, errors))
        return b''.join(blocks)

    def create_pax_header(self, info, encoding):
        """The header in the dialect of pax: what does not fit stands in records in front of it."""
        info['magic'] = POSIX_MAGIC
        records = self.pax_headers.copy()
        for key, keyword, limit in _TEXTS:
            # What the program put into pax_headers goes first.
            if keyword not in records and not (info[key].isascii() and len(info[key]) <= limit):
                records[keyword] = info[key]
        for key, digits in _NUMBERS:
            value = info[key]
            exact = not isinstance(value, float)
            whole = value if exact else round(value)
            fits = whole in range(8 ** (digits - 1))
            if not (exact and fits):
                info[key] = whole if fits else 0
                records.setdefault(key, str(value))
        front = self._pax_blocks(records, XHDTYPE, encoding) if records else b''
        return front + self._block_of(info, USTAR_FORMAT, 'ascii', 'replace')

    @classmethod
    def create_pax_global_header(cls, pax_headers):
        """Records for all the members that follow."""
        return cls._pax_blocks(pax_headers, XGLTYPE, 'utf-8')

    @staticmethod
    def _split_name(name, encoding, errors):
        """The halves of a long name around a slash, so that both fit."""
        place = name.find('/')
        while place >= 0:
            prefix, rest = name[:place], name[place + 1:]
            if (len(prefix.encode(encoding, errors)) <= LENGTH_PREFIX
                    and len(rest.encode(encoding, errors)) <= LENGTH_NAME):
                return prefix, rest
            place = name.find('/', place + 1)
        raise ValueError('name is too long')

    @staticmethod
    def _block_of(info, format, encoding, errors):
        """The one block that holds the fields of `info`."""
        def text(key, length):
            return stn(info.get(key, ''), length, encoding, errors)

        def number(key, digits=8):
            return itn(info.get(key, 0), digits, format)

        kind = info.get('type', REGTYPE)
        device = kind in (CHRTYPE, BLKTYPE)
        before = b''.join([text('name', 100), itn(info.get('mode', 0) & 0o7777, 8, format), number('uid'),
                           number('gid'), number('size', 12), number('mtime', 12)])
        after = b''.join([kind, text('linkname', 100), info.get('magic', POSIX_MAGIC), text('uname', 32),
                          text('gname', 32), number('devmajor') if device else NUL * 8,
                          number('devminor') if device else NUL * 8, text('prefix', 155)])
        block = _filled(before + b' ' * 8 + after)
        return block[:148] + b'%06o\0 ' % calc_chksums(block)[0] + block[156:]

    @classmethod
    def _extension(cls, name, kind, payload, magic, encoding, errors):
        """A member that only says something about the next one."""
        info = {'name': name, 'type': kind, 'size': len(payload), 'magic': magic}
        return cls._block_of(info, USTAR_FORMAT, encoding, errors) + _filled(payload)

    @classmethod
    def _pax_blocks(cls, records, kind, encoding):
        # A value that is no UTF-8 puts all of them into the bytes they came from.
        binary = not all(map(_is_utf8, records.values()))
        lines = [_record(b'hdrcharset', b'BINARY')] if binary else []
        for keyword, value in records.items():
            raw = value.encode(encoding, 'surrogateescape') if binary else value.encode('utf-8')
            lines.append(_record(keyword.encode('utf-8'), raw))
        return cls._extension('././@PaxHeader', kind, b''.join(lines), POSIX_MAGIC, 'ascii', 'replace')


TarInfo.__module__ = 'tarfile'
