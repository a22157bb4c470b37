"""Reading the headers of tar archives: blocks, GNU's long names and sparse maps, the records of pax.

A member may have several headers in front of its own. They are gathered in a loop, not by recursion, so that an archive
of nothing but such headers is no trap; what they say is put into the member afterwards, the first header last.
"""
import re
import struct

NUL = b'\0'
BLOCKSIZE = 512
REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, CHRTYPE, BLKTYPE, DIRTYPE, FIFOTYPE, CONTTYPE = (
    b'0', b'\0', b'1', b'2', b'3', b'4', b'5', b'6', b'7')
GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE = b'L', b'K', b'S'
XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE = b'x', b'g', b'X'
GNU_TYPES = (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE)
SUPPORTED_TYPES = (REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, DIRTYPE, FIFOTYPE, CONTTYPE, CHRTYPE, BLKTYPE, *GNU_TYPES)
REGULAR_TYPES = (REGTYPE, AREGTYPE, CONTTYPE, GNUTYPE_SPARSE)
PAX_FIELDS = ('path', 'linkpath', 'size', 'mtime', 'uid', 'gid', 'uname', 'gname')
PAX_NAME_FIELDS = {'path', 'linkpath', 'uname', 'gname'}
PAX_NUMBER_FIELDS = {'atime': float, 'ctime': float, 'mtime': float, 'uid': int, 'gid': int, 'size': int}

_BLOCK = struct.Struct('100s 8s 8s 8s 12s 12s 8s c 100s 8s 32s 32s 8s 8s 155s 12x')
_RECORD_LENGTH = re.compile(rb'([0-9]{1,20}) ')


class TarError(Exception):
    """Something about a tar archive."""


class ExtractError(TarError):
    """A member cannot be extracted as it should."""


class ReadError(TarError):
    """This is no readable archive."""


class CompressionError(TarError):
    """The compression is not known."""


class StreamError(TarError):
    """A stream cannot do that."""


class HeaderError(TarError):
    """Something is wrong with a header."""


class EmptyHeaderError(HeaderError):
    """The file ends where a header should be."""


class TruncatedHeaderError(HeaderError):
    """The file ends within a header."""


class EOFHeaderError(HeaderError):
    """A block of zeros: the end of the archive."""


class InvalidHeaderError(HeaderError):
    """No header."""


class SubsequentHeaderError(HeaderError):
    """No header follows one that speaks of the next."""


for _class in (TarError, ExtractError, ReadError, CompressionError, StreamError, HeaderError, EmptyHeaderError,
               TruncatedHeaderError, EOFHeaderError, InvalidHeaderError, SubsequentHeaderError):
    _class.__module__ = 'tarfile'


def nts(s, encoding, errors):
    """The text of a field, up to its first NUL."""
    return s.partition(NUL)[0].decode(encoding, errors)


def nti(s):
    """The number of a field: octal digits, or binary behind a mark byte."""
    if s[0] == 0o200:
        return int.from_bytes(s[1:], 'big')
    if s[0] == 0o377:
        return int.from_bytes(s[1:], 'big') - 256 ** (len(s) - 1)
    try:
        return int(nts(s, 'ascii', 'strict').strip() or '0', 8)
    except ValueError:
        raise InvalidHeaderError('invalid header') from None


def calc_chksums(buf):
    """The sums over a header block without its sum; some old programs took the bytes with a sign."""
    rest = buf[:148] + b' ' * 8 + buf[156:BLOCKSIZE]
    plain = sum(rest)
    return plain, plain - 256 * sum(octet > 127 for octet in rest)


def _sparse_pairs(buf, place, count):
    """(offset, size) of pieces of data, as many as can be read."""
    pairs = []
    for start in range(place, place + 24 * count, 24):
        try:
            pairs.append((nti(buf[start:start + 12]), nti(buf[start + 12:start + 24])))
        except (ValueError, IndexError, InvalidHeaderError):
            break
    return pairs


def _whole_blocks(size):
    return -(-size // BLOCKSIZE) * BLOCKSIZE


def _decode(raw, encoding, fallback, errors):
    try:
        return raw.decode(encoding, 'strict')
    except UnicodeDecodeError:
        return raw.decode(fallback, errors)


def _split_records(buf):
    """The (keyword, value) records of pax, as bytes."""
    place = 0
    while place < len(buf) and buf[place]:
        match = _RECORD_LENGTH.match(buf, place)
        length = int(match[1]) if match else 0
        end = place + length
        if length < 5 or end > len(buf):
            raise InvalidHeaderError('invalid header')
        keyword, equals, value = buf[match.end():end - 1].partition(b'=')
        if not keyword or not equals or buf[end - 1:end] != b'\n':
            raise InvalidHeaderError('invalid header')
        yield keyword, value
        place = end


def _read_records(buf, archive):
    """The records of a pax header, as text and raw."""
    raw = list(_split_records(buf))
    charset = next((value for keyword, value in raw if keyword == b'hdrcharset'), None)
    names = archive.encoding if charset == b'BINARY' else 'utf-8'
    texts = {}
    for keyword, value in raw:
        key = _decode(keyword, 'utf-8', 'utf-8', archive.errors)
        if key in PAX_NAME_FIELDS:
            texts[key] = _decode(value, names, archive.encoding, archive.errors)
        else:
            texts[key] = _decode(value, 'utf-8', 'utf-8', archive.errors)
    return texts, raw


class ReadMember:
    """The half of TarInfo that comes from an archive."""

    __slots__ = ()

    @classmethod
    def frombuf(cls, buf, encoding, errors):
        """The member that a block describes."""
        return cls._from_block(buf, encoding, errors, True)

    @classmethod
    def _from_block(cls, buf, encoding, errors, old_folders):
        if len(buf) == 0:
            raise EmptyHeaderError('empty header')
        if len(buf) != BLOCKSIZE:
            raise TruncatedHeaderError('truncated header')
        if not any(buf):
            raise EOFHeaderError('end of file header')
        (name, mode, uid, gid, size, mtime, total, kind, linkname, _, uname, gname, major, minor,
         prefix) = _BLOCK.unpack(buf)
        checksum = nti(total)
        if checksum not in calc_chksums(buf):
            raise InvalidHeaderError('bad checksum')
        self = cls()
        self.name = nts(name, encoding, errors)
        self.mode, self.uid, self.gid, self.size, self.mtime = map(nti, (mode, uid, gid, size, mtime))
        self.chksum, self.type = checksum, kind
        self.linkname, self.uname, self.gname = (nts(field, encoding, errors) for field in (linkname, uname, gname))
        self.devmajor, self.devminor = nti(major), nti(minor)
        # The oldest archives know no folders, only a slash at the end of a name.
        if old_folders and kind == AREGTYPE and self.name.endswith('/'):
            self.type = DIRTYPE
        if kind == GNUTYPE_SPARSE:
            self._sparse_structs = _sparse_pairs(buf, 386, 4), bool(buf[482]), nti(buf[483:495])
        if self.isdir():
            self.name = self.name.rstrip('/')
        folder = nts(prefix, encoding, errors)
        if folder and kind not in GNU_TYPES:
            self.name = folder + '/' + self.name
        return self

    @classmethod
    def fromtarfile(cls, tarfile):
        """The next member of an archive, with what the headers in front of it say."""
        pending = []
        while True:
            try:
                member = cls._next_header(tarfile, not pending)
                if member._is_extension():
                    pending.append((member, member._read_extension(tarfile)))
                    continue
            except HeaderError as error:
                if pending:
                    raise SubsequentHeaderError(str(error)) from None
                raise
            break
        member = member._proc_member(tarfile)
        for header, contents in reversed(pending):
            header._tell(member, contents, tarfile)
        return member

    @classmethod
    def _next_header(cls, archive, first):
        self = cls._from_block(archive.fileobj.read(BLOCKSIZE), archive.encoding, archive.errors, first)
        self.offset = archive.fileobj.tell() - BLOCKSIZE
        return self

    def _proc_member(self, tarfile):
        """Finds the place of the data and of the next header."""
        if self.type == GNUTYPE_SPARSE:
            self._read_sparse_map(tarfile)
            return self
        self.offset_data = tarfile.fileobj.tell()
        tarfile.offset = self.offset_data + (self._block(self.size) if self._has_data() else 0)
        self._take_records(tarfile.pax_headers, tarfile.encoding, tarfile.errors)
        if self.isdir():
            self.name = self.name.rstrip('/')
        return self

    @staticmethod
    def _block(count):
        if not 0 <= count < 1 << 62:
            raise InvalidHeaderError('invalid offset')
        return _whole_blocks(count)

    def _has_data(self):
        return self.isreg() or self.type not in SUPPORTED_TYPES

    def _read_sparse_map(self, archive):
        pairs, more, size = self._sparse_structs
        del self._sparse_structs
        while more:
            buf = archive.fileobj.read(BLOCKSIZE)
            if len(buf) < BLOCKSIZE:
                raise TruncatedHeaderError('truncated header')
            pairs += [pair for pair in _sparse_pairs(buf, 0, 21) if all(pair)]
            more = bool(buf[504])
        self.sparse = pairs
        self.offset_data = archive.fileobj.tell()
        archive.offset = self.offset_data + self._block(self.size)
        self.size = size

    # --- headers about the next member ---

    def _is_extension(self):
        return self.type in (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE)

    def _read_extension(self, archive):
        buf = archive.fileobj.read(self._block(self.size))
        if self.type in (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK):
            return nts(buf, archive.encoding, archive.errors)
        texts, raw = _read_records(buf, archive)
        if self.type == XGLTYPE:
            archive.pax_headers.update(texts)
            return archive.pax_headers, raw
        return {**archive.pax_headers, **texts}, raw

    def _tell(self, member, contents, archive):
        """Puts what this header holds into the member."""
        if self.type == GNUTYPE_LONGLINK:
            member.linkname = contents
        elif self.type == GNUTYPE_LONGNAME:
            member.name = contents
        else:
            self._tell_records(member, contents, archive)
        if self.type == XGLTYPE:
            return
        member.offset = self.offset
        if self.type in (GNUTYPE_LONGLINK, GNUTYPE_LONGNAME) and member.isdir():
            member.name = member.name.removesuffix('/')

    def _tell_records(self, member, contents, archive):
        texts, raw = contents
        try:
            if 'GNU.sparse.map' in texts:
                numbers = [int(number) for number in texts['GNU.sparse.map'].split(',')]
                member.sparse = list(zip(numbers[::2], numbers[1::2]))
            elif 'GNU.sparse.size' in texts:
                offsets = [int(value) for keyword, value in raw if keyword == b'GNU.sparse.offset']
                sizes = [int(value) for keyword, value in raw if keyword == b'GNU.sparse.numbytes']
                member.sparse = list(zip(offsets, sizes))
            elif texts.get('GNU.sparse.major') == '1' and texts.get('GNU.sparse.minor') == '0':
                member._read_map_in_data(archive)
        except ValueError:
            raise InvalidHeaderError('invalid header') from None
        if self.type == XGLTYPE:
            return
        member._take_records(texts, archive.encoding, archive.errors)
        if 'size' in texts:
            # The block said another size: the next header is elsewhere.
            archive.offset = member.offset_data + (member._block(member.size) if member._has_data() else 0)

    def _read_map_in_data(self, archive):
        """GNU's third notation: the map stands in decimal lines before the data."""
        file, text = archive.fileobj, b''

        def line():
            nonlocal text
            while b'\n' not in text:
                block = file.read(BLOCKSIZE)
                if len(block) < BLOCKSIZE:
                    raise ReadError('unexpected end of data')
                text += block
            head, _, text = text.partition(b'\n')
            return int(head)

        numbers = [line() for _ in range(2 * line())]
        self.offset_data = file.tell()
        self.sparse = list(zip(numbers[::2], numbers[1::2]))

    def _take_records(self, records, encoding, errors):
        for keyword, value in records.items():
            if keyword == 'GNU.sparse.name':
                self.path = value
            elif keyword in ('GNU.sparse.size', 'GNU.sparse.realsize'):
                self.size = int(value)
            elif keyword in PAX_FIELDS:
                if keyword in PAX_NUMBER_FIELDS:
                    try:
                        value = PAX_NUMBER_FIELDS[keyword](value)
                    except ValueError:
                        value = 0
                if keyword == 'path':
                    value = value.rstrip('/')
                setattr(self, keyword, value)
        self.pax_headers = records.copy()
