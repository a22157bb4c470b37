"""~/.netrc: who one is on which machine, in the words that ftp once invented."""
import os
import stat

__all__ = ['netrc', 'NetrcParseError']

_TOP_LEVEL = ('machine', 'default', 'macdef')


class NetrcParseError(Exception):
    """A file cannot be read: msg, filename and lineno say why and where."""

    def __init__(self, msg, filename=None, lineno=None):
        self.filename = filename
        self.lineno = lineno
        self.msg = msg
        Exception.__init__(self, msg)

    def __str__(self):
        return f'{self.msg} ({self.filename}, line {self.lineno})'


class _Words:
    """The words of a file: quotes hold words together, a backslash takes the next character as it is."""

    _WHITE = '\n\t\r '

    def __init__(self, file):
        self.lineno = 1
        self.file = file
        self.pushed = []
        self.at_line_end = False

    def char(self):
        char = self.file.read(1)
        if char == '\n':
            self.lineno += 1
        return char

    def next(self):
        """The next word; '' at the end."""
        if self.pushed:
            return self.pushed.pop(0)
        char = self.char()
        while char and char in self._WHITE:
            char = self.char()
        if not char:
            return ''
        quoted = char == '"'
        word = ''
        if quoted:
            char = self.char()
        while char and (char != '"' if quoted else char not in self._WHITE):
            if char == '\\':
                char = self.char()
            word += char
            char = self.char()
        self.at_line_end = char in ('', '\n')
        return word

    def skip_line(self):
        """Over the rest of the line, if the last word was not its end: a comment."""
        if not self.at_line_end:
            self.file.readline()
            self.lineno += 1

    def push(self, word):
        self.pushed.append(word)


class netrc:
    """hosts: {machine: (login, account, password)}, macros: {name: lines}."""

    def __init__(self, file=None):
        default = file is None
        if default:
            file = os.path.join(os.path.expanduser('~'), '.netrc')
        self.hosts = {}
        self.macros = {}
        try:
            with open(file, encoding='utf-8') as source:
                self._parse(file, source, default)
        except UnicodeDecodeError:
            with open(file, encoding='locale') as source:
                self._parse(file, source, default)

    def _parse(self, file, source, default):
        words = _Words(source)
        while word := words.next():
            if word[0] == '#':
                words.skip_line()
                continue
            if word == 'machine':
                name = words.next()
            elif word == 'default':
                name = 'default'
            elif word == 'macdef':
                name = words.next()
                self.macros[name] = self._macro(file, source, words)
                continue
            else:
                raise NetrcParseError(f'bad toplevel token {word!r}', file, words.lineno)
            if not name:
                raise NetrcParseError('missing %r name' % word, file, words.lineno)
            self._entry(name, file, source, words, default)

    def _macro(self, file, source, words):
        lines = []
        while True:
            line = source.readline()
            if not line:
                raise NetrcParseError('Macro definition missing null line terminator.', file, words.lineno)
            words.lineno += line.endswith('\n')
            if line == '\n':
                return lines
            lines.append(line)

    def _entry(self, name, file, source, words, default):
        found = {'login': '', 'account': '', 'password': ''}
        self.hosts[name] = ()
        while True:
            word = words.next()
            if word.startswith('#'):
                words.skip_line()
                continue
            if word in ('', *_TOP_LEVEL):
                if word:
                    words.push(word)
                break
            kind = {'user': 'login'}.get(word, word)
            if kind not in found:
                raise NetrcParseError(f'bad follower token {word!r}', file, words.lineno)
            found[kind] = words.next()
        if default:
            self._check_owner(source, found['login'])
        self.hosts[name] = found['login'], found['account'], found['password']

    def _check_owner(self, source, login):
        """A file with passwords must be nobody else's."""
        if os.name != 'posix' or login == 'anonymous':
            return
        status = os.fstat(source.fileno())
        if status.st_uid != os.getuid():
            import pwd

            def shown(uid):
                try:
                    return pwd.getpwuid(uid)[0]
                except KeyError:
                    return f'uid {uid}'

            raise NetrcParseError(f'~/.netrc file owner ({shown(status.st_uid)}, {shown(os.getuid())}) does not match '
                                  'current user')
        if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise NetrcParseError('~/.netrc access too permissive: access permissions must restrict access to only the '
                                  'owner')

    def authenticators(self, host):
        """(login, account, password) for a machine, or for any; None when there is neither."""
        return self.hosts.get(host, self.hosts.get('default'))

    def __repr__(self):
        """The file again."""
        lines = []
        for host, (login, account, password) in self.hosts.items():
            lines.append(f'machine {host}\n\tlogin {login}\n')
            if account:
                lines.append(f'\taccount {account}\n')
            lines.append(f'\tpassword {password}\n')
        for name, body in self.macros.items():
            lines.append(f'macdef {name}\n' + ''.join(body) + '\n')
        return ''.join(lines)


if __name__ == '__main__':
    print(netrc())
