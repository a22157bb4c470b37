"""What each fuzz target does with an input: fuzz_NAME for the target NAME; it takes bytes.

A target catches what a bad input may raise, and nothing else: any other exception, a SystemError say, is a finding. Where
there is something to compare (what is written can be read again, pieces decode as the whole does) it is compared, with
`assert`. The first bytes of an input often choose among modes, so that one corpus covers them all.
"""
import codecs
import csv
import datetime
import io
import json
import pickle
import re
import signal
import struct
import warnings
import zlib

warnings.simplefilter('ignore')

TEXT_CODECS = ['utf-8', 'utf-16', 'utf-32', 'utf-16-le', 'utf-32-be', 'latin-1', 'ascii', 'cp1252', 'utf-7',
               'unicode_escape', 'raw_unicode_escape', 'utf-8-sig', 'idna', 'punycode']


class TimeIsUp(Exception):
    """The alarm went off inside a search that takes too long: it could be interrupted, which is all that is asked."""


def _alarm(signum, frame):
    raise TimeIsUp


signal.signal(signal.SIGVTALRM, _alarm)


class _Limit:
    """A limit of processor time for what may take exponential time."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds)

    def __exit__(self, kind, error, traceback):
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _head(data, count):
    """The first `count` bytes as numbers, and the rest."""
    return (*data[:count].ljust(count, b'\0'), data[count:])


def _text(data):
    """A str of any width: as UTF-8, or else a character for each byte."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode('latin-1')


def fuzz_source(data):
    """Source text to bytecode, in every mode of compile, and to a tree."""
    kind, text = _head(data, 1)
    try:
        if kind & 4:
            import ast
            ast.unparse(ast.parse(text))
        else:
            compile(text, '<fuzz>', ('exec', 'eval', 'single', 'exec')[kind & 3])
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        pass


def fuzz_json(data):
    try:
        value = json.loads(data)
        text = json.dumps(value)
        again = json.loads(text)
        json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)
    except (ValueError, RecursionError):
        return
    assert 'NaN' in text or again == value, text


# What a hostile pickle may name here: nothing that reaches the system or takes a size.
_NAMES = {('builtins', name) for name in 'set frozenset complex slice list dict tuple str int float object'.split()}
_NAMES |= {('collections', name) for name in ('OrderedDict', 'deque', 'Counter', 'defaultdict')}
_NAMES |= {('datetime', name) for name in ('date', 'time', 'datetime', 'timedelta', 'timezone')}
_NAMES |= {('copyreg', name) for name in ('_reconstructor', '__newobj__')}
_NAMES |= {('decimal', 'Decimal'), ('fractions', 'Fraction'), ('uuid', 'UUID'), ('array', '_array_reconstructor')}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in _NAMES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)

    def persistent_load(self, pid):
        return pid


def fuzz_pickle(data):
    # What it calls may raise whatever it likes; only what the interpreter itself has done wrong is a finding.
    try:
        value = _Unpickler(io.BytesIO(data)).load()
        for protocol in (0, 2, 4, 5):
            _Unpickler(io.BytesIO(pickle.dumps(value, protocol))).load()
    except SystemError:
        raise
    except Exception:
        pass


def fuzz_re(data):
    """A pattern, its length before it, and then the text to search."""
    flags, length, rest = _head(data, 2)
    binary, flags = flags & 1, flags & (re.I | re.M | re.S | re.X)
    pattern, text = rest[:length], rest[length:length + 200]
    if not binary:
        pattern, text = _text(pattern), _text(text)
    try:
        with _Limit(0.1):
            compiled = re.compile(pattern, flags)
            for match in compiled.finditer(text):
                match.groups(), match.span(), match.lastgroup, match.expand(text[:0])
            compiled.fullmatch(text), compiled.match(text, 1, 5), compiled.split(text, 3)
            compiled.sub(pattern, text, 2)
    except (re.error, RecursionError, OverflowError, TimeIsUp, IndexError):
        pass
    finally:
        re.purge()


def fuzz_struct(data):
    """A format, its length before it, and the bytes to take apart with it."""
    length, rest = _head(data, 1)
    layout, body = rest[:length], rest[length:]
    try:
        size = struct.calcsize(layout)
        if size > 1 << 16:
            return
        body = body.ljust(size, b'\x5a')[:size]
        values = struct.unpack(layout, body)
        assert len(struct.pack(layout, *values)) == size
        struct.pack_into(layout, bytearray(size + 3), 3, *values)
        for _ in zip(range(5), struct.iter_unpack(layout, body)):
            pass
    except struct.error:
        pass


def fuzz_csv(data):
    kind, delimiter, rest = _head(data, 2)
    text = _text(rest)
    options = {'delimiter': chr(delimiter % 127 or 44), 'quoting': kind % 4, 'strict': bool(kind & 4),
               'skipinitialspace': bool(kind & 8), 'doublequote': bool(kind & 16),
               'escapechar': '\\' if kind & 32 else None, 'quotechar': "'" if kind & 64 else '"'}
    try:
        rows = list(csv.reader(io.StringIO(text, newline=''), **options))
        csv.writer(io.StringIO(), **options).writerows(rows)
        csv.Sniffer().sniff(text[:100])
    except (csv.Error, TypeError, ValueError):
        pass


def fuzz_numbers(data):
    """Text to int, float and complex, and back."""
    base, rest = _head(data, 1)
    text = _text(rest)
    for read in (lambda: int(text, base % 38), lambda: int(rest), lambda: float(text), lambda: float(rest),
                 lambda: complex(text), lambda: float.fromhex(text), lambda: int(text)):
        try:
            value = read()
            again = type(value)(repr(value))
        except (ValueError, OverflowError):
            continue
        assert again == value or value != value, (text, value)
    order = 'little' if base & 1 else 'big'
    value = int.from_bytes(rest, order, signed=bool(base & 2))
    assert value.to_bytes(len(rest), order, signed=bool(base & 2)) == rest


def fuzz_codecs(data):
    """Decoding as a whole, in pieces, and encoding again."""
    which, handler, cut, rest = _head(data, 3)
    codec = TEXT_CODECS[which % len(TEXT_CODECS)]
    errors = ('strict', 'ignore', 'replace', 'backslashreplace', 'surrogateescape', 'surrogatepass')[handler % 6]
    try:
        text = rest.decode(codec, errors)
    except LookupError:
        return
    except UnicodeError:
        text = rest.decode('latin-1')
    else:
        if codec in TEXT_CODECS[:8] and errors == 'strict':
            decoder = codecs.getincrementaldecoder(codec)(errors)
            try:
                pieces = decoder.decode(rest[:cut]) + decoder.decode(rest[cut:], True)
            except UnicodeError as error:  # a stream must have a byte order mark, a whole need not
                assert 'BOM' in str(error), error
            else:
                assert pieces == text, (codec, rest, cut)
    try:
        text.encode(codec, ('strict', 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'namereplace',
                            'surrogateescape', 'surrogatepass')[handler % 8])
    except UnicodeError:
        pass


_SUBJECTS = (0, -12345, 10 ** 30, 1.5, -0.0, float('inf'), 1e300, 3 + 4j, 'text\u20ac', True, None, b'bytes', (1, 'a'),
             datetime.datetime(2024, 2, 29, 13, 5, 7), {'a': 1})


def fuzz_format(data):
    """Format specs, str.format and the operator %."""
    which, rest = _head(data, 1)
    text = _text(rest)
    if re.search(r'\d{5}', text):
        return  # a width of a million is right, and takes a while
    subject = _SUBJECTS[which % len(_SUBJECTS)]
    actions = (lambda: subject.__format__(text), lambda: text.format(subject, 7, a=subject), lambda: text % subject,
               lambda: text % (subject, 3, 2.5), lambda: rest % subject, lambda: text.format_map({'a': subject}))
    for action in actions:
        try:
            action()
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError, MemoryError, RecursionError):
            pass


def fuzz_datetime(data):
    """Reading and writing dates."""
    cut, rest = _head(data, 1)
    text = _text(rest)
    if re.search(r'\d{5}', text[:cut]):
        return
    kinds = (datetime.date, datetime.time, datetime.datetime)
    for kind in kinds:
        try:
            value = kind.fromisoformat(text)
        except ValueError:
            continue
        assert kind.fromisoformat(value.isoformat()) == value, text
    moment = datetime.datetime(2024, 2, 29, 13, 5, 7, 89, datetime.timezone.utc)
    for action in (lambda: datetime.datetime.strptime(text[cut:], text[:cut]), lambda: moment.strftime(text),
                   lambda: datetime.timezone(datetime.timedelta(0), text).tzname(None)):
        try:
            action()
        except (ValueError, OverflowError, re.error):
            pass


def _archive_errors():
    """What reading a broken archive may raise, whatever its members are compressed with."""
    errors = [NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error, OverflowError]
    try:
        import lzma
    except ImportError:
        return errors
    return [*errors, lzma.LZMAError]


def fuzz_zip(data):
    import zipfile
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist()[:5]:
                member.is_dir(), member.date_time
                with archive.open(member) as file:
                    file.read(1 << 16)
    except (zipfile.BadZipFile, *_archive_errors()):
        pass


def fuzz_tar(data):
    try:
        import tarfile
    except ImportError:
        return
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for _, member in zip(range(5), archive):
                file = archive.extractfile(member)
                if file is not None:
                    file.read(1 << 16)
    except (tarfile.TarError, KeyError, *_archive_errors()):
        pass
