"""What the program runs on, as far as it can be found out."""
import collections
import functools
import os
import sys

_Fields = collections.namedtuple('uname_result_base', 'system node release version machine')


class uname_result(_Fields):
    """(system, node, release, version, machine, processor); the last is found out when it is asked for."""

    @functools.cached_property
    def processor(self):
        return _processor()

    def __iter__(self):
        yield from super().__iter__()
        yield self.processor

    @classmethod
    def _make(cls, iterable):
        fields = len(_Fields._fields)
        values = tuple(iterable)
        if len(values) not in (fields, fields + 1):
            raise TypeError(f'expected {fields} arguments, got {len(values)}')
        return cls(*values[:fields])

    def __getitem__(self, key):
        return tuple(self)[key]

    def __len__(self):
        return len(tuple(iter(self)))

    def __reduce__(self):
        return uname_result, tuple(self)[:len(_Fields._fields)]


def _processor():
    return '' if sys.platform == 'linux' else machine()


@functools.cache
def uname():
    """All six at once."""
    return uname_result(*('' if value == 'unknown' else value for value in os.uname()))


def system():
    return uname().system


def node():
    return uname().node


def release():
    return uname().release


def version():
    return uname().version


def machine():
    return uname().machine


def processor():
    return uname().processor


def system_alias(system, release, version):
    """The names that marketing uses, for the systems where they differ."""
    if system == 'SunOS' and release.split('.')[0] >= '5':
        return 'Solaris', release, version
    return system, release, version


def libc_ver(executable=None, lib='', version='', chunksize=16384):
    """The C library that an executable is linked to: ('glibc', '2.36')."""
    if executable is None:
        try:
            text = os.confstr('CS_GNU_LIBC_VERSION')
        except (AttributeError, ValueError, OSError):
            text = None
        if text and len(parts := text.split(maxsplit=1)) == 2:
            return parts[0], parts[1]
        executable = sys.executable
    return _libc_in_file(executable, lib, version, chunksize)


def _libc_in_file(executable, lib, version, chunksize):
    best = ()
    try:
        with open(os.path.realpath(executable), 'rb') as file:
            rest = b''
            while piece := file.read(chunksize):
                data = rest + piece
                start = 0
                while (place := data.find(b'GLIBC_', start)) >= 0:
                    start = place + 6
                    digits = bytearray()
                    for c in data[start:start + 12]:
                        if c not in b'0123456789.':
                            break
                        digits.append(c)
                    numbers = tuple(int(n) for n in digits.decode().split('.') if n)
                    if numbers > best:
                        best = numbers
                rest = data[-32:]
    except OSError:
        return lib, version
    return ('glibc', '.'.join(map(str, best))) if best else (lib, version)


def architecture(executable=None, bits='', linkage=''):
    """The width of pointers and the format of the executable: ('64bit', 'ELF')."""
    executable = executable or sys.executable
    bits = bits or ('64bit' if sys.maxsize > 1 << 32 else '32bit')
    try:
        with open(executable, 'rb') as file:
            head = file.read(5)
    except OSError:
        return bits, linkage
    if head[:4] == b'\x7fELF':
        return {1: '32bit', 2: '64bit'}.get(head[4], bits), 'ELF'
    return bits, linkage


@functools.cache
def platform(aliased=0, terse=0):
    """One line for people: 'Linux-6.1.0-x86_64-with-glibc2.36'."""
    name, _, number, text, kind, _ = uname()
    if aliased:
        name, number, text = system_alias(name, number, text)
    if terse:
        parts = [name, number]
    else:
        library, library_version = libc_ver()
        parts = [name, number, kind]
        if library:
            parts += ['with', library + library_version]
    line = '-'.join(part.strip() for part in parts if part)
    for character in ' /\\:;"()':
        line = line.replace(character, '_' if character in ' /' else '-')
    return line.replace('unknown', '').rstrip('-')


def java_ver(release='', vendor='', vminfo=('', '', ''), osinfo=('', '', '')):
    return release, vendor, vminfo, osinfo


def mac_ver(release='', versioninfo=('', '', ''), machine=''):
    return release, versioninfo, machine


def win32_ver(release='', version='', csd='', ptype=''):
    return release, version, csd, ptype


def win32_edition():
    return None


def win32_is_iot():
    return False


# --- the interpreter ---

def python_implementation():
    """'CPython', 'PyPy', ...: who runs the program."""
    return {'cpython': 'CPython', 'pypy': 'PyPy'}.get(sys.implementation.name,
                                                      sys.implementation.name.capitalize())


def python_version():
    """'major.minor.patch'."""
    text = '%d.%d.%d' % sys.version_info[:3]
    level = {'alpha': 'a', 'beta': 'b', 'candidate': 'rc'}.get(sys.version_info[3])
    return f'{text}{level}{sys.version_info[4]}' if level else text


def python_version_tuple():
    return tuple(python_version().split('.'))


def python_branch():
    return ''


def python_revision():
    return ''


def python_build():
    """(number, date) of the build."""
    _, _, rest = sys.version.partition('(')
    inside = rest.partition(')')[0].split(',', 1)
    return inside[0].strip(), inside[1].strip() if len(inside) > 1 else ''


def python_compiler():
    """What the interpreter was compiled with."""
    return sys.version.partition('[')[2].partition(']')[0]


# --- the distribution ---

def freedesktop_os_release():
    """What /etc/os-release says, as a dict."""
    for path in ('/etc/os-release', '/usr/lib/os-release'):
        try:
            with open(path, encoding='utf-8') as file:
                return _read_os_release(file)
        except OSError:
            continue
    import errno
    raise OSError(errno.ENOENT, 'Unable to read files /etc/os-release, /usr/lib/os-release')


def _read_os_release(lines):
    found = {'NAME': 'Linux', 'ID': 'linux', 'PRETTY_NAME': 'Linux'}
    for line in lines:
        name, equals, value = line.strip().partition('=')
        if not equals or not name.replace('_', 'a').isalnum() or name.startswith('#'):
            continue
        if len(value) >= 2 and value[0] == value[-1] and value[0] in '"\'':
            value = value[1:-1]
        pieces = []
        escaped = False
        for c in value:
            if c == '\\' and not escaped:
                escaped = True
                continue
            if escaped and c not in '\\$"\'`':
                pieces.append('\\')
            pieces.append(c)
            escaped = False
        found[name] = ''.join(pieces)
    return found


if __name__ == '__main__':
    short = 'terse' in sys.argv or '--terse' in sys.argv
    print(platform('nonaliased' not in sys.argv and '--nonaliased' not in sys.argv, short))
