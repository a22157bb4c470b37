"""Tracebacks with source and variables, as a page or as text: for CGI scripts. Deprecated.

enable() makes them of exceptions that nobody catches; handler() of the one that is being handled.
"""
import html as _html
import inspect
import keyword
import linecache
import os
import reprlib
import sys
import tempfile
import time
import tokenize
import traceback
import warnings

warnings._deprecated(__name__, remove=(3, 13))

__UNDEF__ = []  # stands for a name that has no value

_short = reprlib.Repr()
_short.maxlist = _short.maxtuple = _short.maxdict = 20
_short.maxstring = _short.maxother = 100
_shown = _short.repr


def reset():
    """What ends everything that a page may be in the middle of."""
    return ('<!--: spam\nContent-Type: text/html\n\n<body bgcolor="#f0f0f8"><font color="#f0f0f8" size="-5"> -->\n'
            '<body bgcolor="#f0f0f8"><font color="#f0f0f8" size="-5"> --> -->\n' + '</font> ' * 3 +
            ''.join(f'</{tag}> ' for tag in 'script object blockquote pre table'.split()) + '</font></table>')


def _tagged(before, after):
    def tag(text):
        return before + text + after if text else ''
    return tag


small = _tagged('<small>', '</small>')
strong = _tagged('<strong>', '</strong>')
grey = _tagged('<font color="#909090">', '</font>')


def lookup(name, frame, locals):
    """('local', 'global', 'builtin' or None, value) of a name in a frame."""
    if name in locals:
        return 'local', locals[name]
    if name in frame.f_globals:
        return 'global', frame.f_globals[name]
    builtins = frame.f_globals.get('__builtins__', {})
    builtins = builtins if isinstance(builtins, dict) else vars(builtins)
    return ('builtin', builtins[name]) if name in builtins else (None, __UNDEF__)


def scanvars(reader, frame, locals):
    """(name, where it lives, value) of the names of a line; attributes with their dots."""
    found, last, parent, value, prefix = [], None, None, __UNDEF__, ''
    for kind, token, *_ in tokenize.generate_tokens(reader):
        if kind == tokenize.NEWLINE:
            break
        if kind == tokenize.NAME and token not in keyword.kwlist:
            if last == '.':
                if parent is not __UNDEF__:
                    value = getattr(parent, token, __UNDEF__)
                    found.append((prefix + token, prefix, value))
            else:
                where, value = lookup(token, frame, locals)
                found.append((token, where, value))
        elif token == '.':
            prefix += str(last) + '.'
            parent = value
        else:
            parent, prefix = None, ''
        last = token
    return found


def _frames(tb, context):
    """(frame, file, line, function, its arguments, lines around, index of the line, names in it) of a traceback."""
    for frame, file, lineno, function, lines, index in inspect.getinnerframes(tb, context):
        file = os.path.abspath(file) if file and not file.startswith('<') else file or '?'
        args, varargs, varkw, locals = inspect.getargvalues(frame)
        shown = ''
        if function != '?':
            shown = inspect.formatargvalues(args, varargs, varkw, locals,
                                            formatvalue=lambda value: '=' + _shown(value))
        here = [lineno]

        def reader():
            line = linecache.getline(file, here[0])
            here[0] += 1
            return line
        try:
            names = scanvars(reader, frame, locals)
        except (tokenize.TokenError, SyntaxError, IndentationError):
            names = []
        yield frame, file, lineno, function, shown, lines or [], index, names


def _values(names):
    """'name = value' of names, each once; attributes only if they have a value."""
    seen = {}
    for name, where, value in names:
        if name in seen:
            continue
        seen[name] = True
        if value is __UNDEF__:
            if where not in ('local', 'global', 'builtin'):
                yield where, name, None
        else:
            yield where, name, _shown(value)


def _introduction(etype):
    version = 'Python ' + sys.version.split()[0] + ': ' + sys.executable
    return etype.__name__ if isinstance(etype, type) else str(etype), version, time.ctime(time.time())


def html(einfo, context=5):
    """A page about an exception."""
    etype, evalue, tb = einfo
    name, version, now = _introduction(etype)
    escape = _html.escape
    parts = [f'<body bgcolor="#f0f0f8"><table width="100%"><tr bgcolor="#6622aa"><td><big>{strong(escape(name))}</big>'
             f'</td><td align=right>{escape(version)}<br>{now}</td></tr></table>\n'
             '<p>A problem occurred in a Python script.  Here is the sequence of\n'
             'function calls leading up to the error, in the order they occurred.</p>']
    for _, file, lineno, function, shown, lines, index, names in _frames(tb, context):
        rows = [f'<tr><td bgcolor="#d8bbff">{escape(file)} in {strong(escape(function))}{escape(shown)}</td></tr>']
        for number, line in enumerate(lines, lineno - (index or 0)):
            text = f'<tt>{number:5d} {escape(line.rstrip())}</tt>'
            rows.append(f'<tr><td bgcolor="#ffccee">=&gt;{text}</td></tr>' if number == lineno else
                        f'<tr><td>{grey(text)}</td></tr>')
        told = ', '.join(f'{strong(escape(variable))} ' + ('undefined' if value is None else f'= {escape(value)}')
                         for _, variable, value in _values(names))
        rows.append(f'<tr><td>{small(grey(told))}</td></tr>')
        parts.append('<table width="100%" cellspacing=0 cellpadding=0 border=0>\n' + '\n'.join(rows) + '</table>')
    parts.append(f'<p>{strong(escape(name))}: {escape(str(evalue))}')
    for attribute in dir(evalue):
        if not attribute.startswith('_'):
            parts.append(f'<br>{attribute} =\n{escape(_shown(getattr(evalue, attribute)))}')
    plain = escape(''.join(traceback.format_exception(etype, evalue, tb)))
    parts.append('\n\n<!-- The above is a description of an error in a Python program, formatted\n'
                 f'     for a web browser because the \'cgitb\' module was enabled.\n\n{plain}\n-->\n')
    return '\n'.join(parts)


def text(einfo, context=5):
    """A text about an exception."""
    etype, evalue, tb = einfo
    name, version, now = _introduction(etype)
    parts = [f'{name}\n{version}\n{now}\n\nA problem occurred in a Python script.  Here is the sequence of\n'
             'function calls leading up to the error, in the order they occurred.\n']
    for _, file, lineno, function, shown, lines, index, names in _frames(tb, context):
        rows = [f' {file} in {function}{shown}']
        rows += [f'{number:5d} {line.rstrip()}' for number, line in enumerate(lines, lineno - (index or 0))]
        rows += [f'{variable} ' + ('undefined' if value is None else f'= {value}')
                 for _, variable, value in _values(names)]
        parts.append('\n'.join(rows) + '\n')
    parts.append(f'{name}: {evalue}')
    for attribute in dir(evalue):
        if not attribute.startswith('_'):
            parts.append(f'    {attribute} = {_shown(getattr(evalue, attribute))}')
    plain = ''.join(traceback.format_exception(etype, evalue, tb))
    parts.append('\n\nThe above is a description of an error in a Python program.  Here is\n'
                 f'the original traceback:\n\n{plain}\n')
    return '\n'.join(parts)


class Hook:
    """What is put into sys.excepthook."""

    def __init__(self, display=1, logdir=None, context=5, file=None, format='html'):
        self.display, self.logdir, self.context = display, logdir, context
        self.file, self.format = file or sys.stdout, format

    def __call__(self, etype, evalue, etb):
        self.handle((etype, evalue, etb))

    def handle(self, info=None):
        info = info or sys.exc_info()
        is_html = self.format == 'html'
        if is_html:
            self.file.write(reset())
        try:
            report, plain = (html if is_html else text)(info, self.context), False
        except Exception:  # the report went wrong: the plain traceback then
            report, plain = ''.join(traceback.format_exception(*info)), True
        if self.display:
            if plain and is_html:
                report = '<pre>' + _html.escape(report) + '</pre>\n'
            self.file.write(report + '\n')
        else:
            self.file.write('<p>A problem occurred in a Python script.\n' if is_html else
                            'A problem occurred in a Python script.\n')
        if self.logdir is not None:
            self._keep(report, is_html)
        self.file.flush()

    def _keep(self, report, is_html):
        descriptor, path = tempfile.mkstemp(suffix='.html' if is_html else '.txt', dir=self.logdir)
        try:
            with os.fdopen(descriptor, 'w') as file:
                file.write(report)
            told = f'{path} contains the description of this error.'
        except OSError:
            told = f'Tried to save traceback to {path}, but failed.'
        self.file.write(f'<p>{told}</p>\n' if is_html else told + '\n')


handler = Hook().handle


def enable(display=1, logdir=None, context=5, format='html'):
    """Show exceptions that nobody catches this way, or keep them in a folder."""
    sys.excepthook = Hook(display=display, logdir=logdir, context=context, format=format)
