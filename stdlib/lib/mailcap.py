"""Mailcap files (RFC 1524): which program shows or edits content of which kind."""
import os
import re
import warnings

__all__ = ['getcaps', 'findmatch']

warnings._deprecated(__name__, 'The {name} module is deprecated and will be removed in Python {remove}. See the '
                     'mimetypes module for an alternative.', remove=(3, 13))

_UNSAFE = re.compile(r'[^\xa1-\U0010FFFF\w@+=:,./-]')


class UnsafeMailcapInput(Warning):
    """Something that would go into a shell command holds characters that mean something there."""


def lineno_sort_key(entry):
    return (0, entry['lineno']) if 'lineno' in entry else (1, 0)


def getcaps():
    """All entries: a dict of lists of dicts, by the kind of content."""
    caps, lineno = {}, 0
    for name in listmailcapfiles():
        try:
            file = open(name, 'r')
        except OSError:
            continue
        with file:
            more, lineno = _readmailcapfile(file, lineno)
        for kind, entries in more.items():
            caps.setdefault(kind, []).extend(entries)
    return caps


def listmailcapfiles():
    """Where mailcap files may be."""
    if 'MAILCAPS' in os.environ:
        return os.environ['MAILCAPS'].split(os.pathsep)
    home = os.environ.get('HOME', '.')
    return [home + '/.mailcap', '/etc/mailcap', '/usr/etc/mailcap', '/usr/local/etc/mailcap']


def readmailcapfile(fp):
    """The entries of a file."""
    warnings.warn('readmailcapfile is deprecated, use getcaps instead', DeprecationWarning, 2)
    return _readmailcapfile(fp, None)[0]


def _readmailcapfile(fp, lineno):
    caps = {}
    while line := fp.readline():
        if line[0] == '#' or not line.strip():
            continue
        while line.endswith('\\\n'):
            following = fp.readline() or '\n'
            line = line[:-2] + following
        kind, fields = parseline(line)
        if not (kind and fields):
            continue
        if lineno is not None:
            fields['lineno'] = lineno
            lineno += 1
        kind = '/'.join(part.strip() for part in kind.split('/')).lower()
        caps.setdefault(kind, []).append(fields)
    return caps, lineno


def parseline(line):
    """(kind, dict) of an entry; (None, None) if it is none."""
    fields, at = [], 0
    while at < len(line):
        field, at = parsefield(line, at, len(line))
        fields.append(field)
        at += 1
    if len(fields) < 2:
        return None, None
    kind, view, *rest = fields
    entry = {'view': view}
    for field in rest:
        name, equals, value = field.partition('=')
        name = name.strip()
        if name not in entry:
            entry[name] = value.strip() if equals else ''
    return kind, entry


def parsefield(line, i, n):
    """(a field, where it ends): up to a semicolon without a backslash, or the end of the line."""
    start = i
    while i < n and line[i] not in ';\n':
        i += 2 if line[i] == '\\' else 1
    return line[start:i].strip(), i


def findmatch(caps, MIMEtype, key='view', filename='/dev/null', plist=[]):
    """(the command, the entry) for content of a kind; (None, None) if there is none, or if it would not be safe."""
    if _is_unsafe(filename):
        warnings.warn(f'Refusing to use mailcap with filename {filename!r}. Use a safe temporary filename.',
                      UnsafeMailcapInput)
        return None, None
    for entry in lookup(caps, MIMEtype, key):
        if 'test' in entry:
            test = subst(entry['test'], filename, plist)
            if test is None or test and os.system(test) != 0:
                continue
        command = subst(entry[key], MIMEtype, filename, plist)
        if command is not None:
            return command, entry
    return None, None


def lookup(caps, MIMEtype, key=None):
    """The entries for a kind, in the order of the files."""
    entries = caps.get(MIMEtype, []) + caps.get(MIMEtype.split('/')[0] + '/*', [])
    if key is not None:
        entries = [entry for entry in entries if key in entry]
    return sorted(entries, key=lineno_sort_key)


def _is_unsafe(text):
    return bool(_UNSAFE.search(text))


def subst(field, MIMEtype, filename, plist=[]):
    """A command with %s, %t, %{name} and so on filled in; None if that is not safe."""
    result, at = '', 0
    while at < len(field):
        char = field[at]
        at += 1
        if char == '\\':
            result += field[at:at + 1]
            at += 1
        elif char != '%':
            result += char
        else:
            what = field[at:at + 1]
            at += 1
            if what == '%':
                result += what
            elif what == 's':
                result += filename
            elif what == 't':
                if _is_unsafe(MIMEtype):
                    warnings.warn(f'Refusing to substitute MIME type {MIMEtype!r} into a shell command.',
                                  UnsafeMailcapInput)
                    return None
                result += MIMEtype
            elif what == '{':
                end = field.find('}', at)
                end = len(field) if end < 0 else end
                name = field[at:end]
                at = end + 1
                value = findparam(name, plist)
                if _is_unsafe(value):
                    warnings.warn(f'Refusing to substitute parameter {value!r} ({name}) into a shell command',
                                  UnsafeMailcapInput)
                    return None
                result += value
            elif what not in ('n', 'F'):  # parts of a multipart: nobody has them here
                result += '%' + what
    return result


def findparam(name, plist):
    name = name.lower() + '='
    return next((param[len(name):] for param in plist if param[:len(name)].lower() == name), '')


def test():
    """python -m mailcap [kind file]: run the program for it; without arguments show all entries."""
    import sys
    caps = getcaps()
    args = sys.argv[1:]
    if not args:
        show(caps)
        return
    for at in range(0, len(args), 2):
        if len(args) < at + 2:
            print('usage: mailcap [MIMEtype file] ...')
            return
        kind, file = args[at:at + 2]
        command, entry = findmatch(caps, kind, 'view', file)
        if not command:
            print('No viewer found for', kind)
            continue
        print('Executing:', command)
        status = os.waitstatus_to_exitcode(os.system(command))
        if status:
            print('Exit status:', status)


def show(caps):
    print('Mailcap files:')
    for name in listmailcapfiles():
        print('\t' + name)
    print()
    print('Mailcap entries:')
    for kind in sorted(caps or getcaps()):
        print(kind)
        for entry in caps[kind]:
            for name in sorted(entry):
                print('  %-15s' % name, entry[name])
            print()


if __name__ == '__main__':
    test()
