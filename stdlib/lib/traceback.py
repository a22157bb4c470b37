"""The text of exceptions and stacks: what happened where, as the interpreter itself prints it.

FrameSummary is one line of a stack, StackSummary a list of them, TracebackException a whole exception with what led to
it; none of them holds on to frames. The functions are short ways to these.
"""
import itertools
import linecache
import sys
from collections.abc import Sequence

from _traceback import caret_line as _caret_line

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack',
           'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb',
           'clear_frames', 'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb', 'print_list']

_CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n'
_CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n'
# So often the same line is shown; further ones are counted.
_RECURSIVE_CUTOFF = 3


class _Sentinel:
    def __repr__(self):
        return '<implicit>'


_sentinel = _Sentinel()


def _exception_and_traceback(exc, value, tb):
    """The exception that the arguments mean: one alone, or (type, value, traceback) as in old times."""
    if (value is _sentinel) != (tb is _sentinel):
        raise ValueError('Both or neither of value and tb must be given')
    if value is not _sentinel:
        return value, tb
    if exc is None:
        return None, None
    if isinstance(exc, BaseException):
        return exc, exc.__traceback__
    raise TypeError(f'Exception expected for value, {type(exc).__name__} found')


# --- short ways: printing and formatting ---

def _write(lines, file):
    if file is None:
        file = sys.stderr
    for line in lines:
        print(line, file=file, end='')


def print_list(extracted_list, file=None):
    """Print what extract_tb or extract_stack returned."""
    _write(StackSummary.from_list(extracted_list).format(), file)


def format_list(extracted_list):
    """The lines for what extract_tb or extract_stack returned."""
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    """Print up to `limit` entries of a traceback; of a negative limit, the last ones."""
    _write(extract_tb(tb, limit).format(), file)


def format_tb(tb, limit=None):
    """The lines that print_tb prints."""
    return extract_tb(tb, limit).format()


def extract_tb(tb, limit=None):
    """The StackSummary of a traceback."""
    return StackSummary._extract_positions(_walk_tb_with_positions(tb), limit=limit)


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True):
    """Print an exception with its traceback and, if `chain`, what it came from."""
    value, tb = _exception_and_traceback(exc, value, tb)
    TracebackException(type(value), value, tb, limit=limit, compact=True).print(file=file, chain=chain)


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True):
    """The lines that print_exception prints."""
    value, tb = _exception_and_traceback(exc, value, tb)
    return list(TracebackException(type(value), value, tb, limit=limit, compact=True).format(chain=chain))


def format_exception_only(exc, /, value=_sentinel):
    """The last lines of a traceback, which tell the exception itself."""
    if value is _sentinel:
        value = exc
    return list(TracebackException(type(value), value, None, compact=True).format_exception_only())


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The text that print_exc prints."""
    return ''.join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the exception that came last to the prompt."""
    if not hasattr(sys, 'last_type'):
        raise ValueError('no last exception')
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def print_stack(f=None, limit=None, file=None):
    """Print the calls that led here, or to the frame `f`."""
    if f is None:
        f = sys._getframe().f_back
    _write(extract_stack(f, limit=limit).format(), file)


def format_stack(f=None, limit=None):
    """The lines that print_stack prints."""
    if f is None:
        f = sys._getframe().f_back
    return extract_stack(f, limit=limit).format()


def extract_stack(f=None, limit=None):
    """The StackSummary of the calls that led here, the oldest first."""
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def clear_frames(tb):
    """Drop the local variables of all frames in a traceback that are not running."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next


# --- walking ---

def walk_stack(f):
    """Pairs of a frame and its line, from `f` outwards; without one, from who called StackSummary.extract."""
    if f is None:
        f = sys._getframe()
        for _ in range(4):  # this generator and the three frames of extract()
            f = f.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Pairs of a frame and the line where the exception passed it, from the outermost inwards."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _walk_tb_with_positions(tb):
    while tb is not None:
        line, end_line, column, end_column = _positions(tb.tb_frame.f_code, tb.tb_lasti)
        yield tb.tb_frame, (tb.tb_lineno if line is None else line, end_line, column, end_column)
        tb = tb.tb_next


def _positions(code, instruction):
    if instruction < 0:
        return None, None, None, None
    return next(itertools.islice(code.co_positions(), instruction // 2, None), (None,) * 4)


# --- stacks ---

class FrameSummary:
    """One entry of a stack: file, line, name of the function, the text of the line, and perhaps local variables."""

    __slots__ = ('filename', 'lineno', 'end_lineno', 'colno', 'end_colno', 'name', '_line', 'locals')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None,
                 colno=None, end_colno=None):
        self.filename, self.lineno, self.name = filename, lineno, name
        self.end_lineno, self.colno, self.end_colno = end_lineno, colno, end_colno
        self._line = line
        self.locals = {key: _safe_string(value, 'local', func=repr) for key, value in locals.items()} if locals else None
        if lookup_line:
            self.line

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename, self.lineno, self.name, self.locals) == (
                other.filename, other.lineno, other.name, other.locals)
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __getitem__(self, position):
        return (self.filename, self.lineno, self.name, self.line)[position]

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __len__(self):
        return 4

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'

    @property
    def _original_line(self):
        self.line
        return self._line

    @property
    def line(self):
        """The text of the line, without what is before and behind it."""
        if self._line is None:
            if self.lineno is None:
                return None
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line.strip()


class StackSummary(list):
    """A list of FrameSummary."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """Make a summary of pairs of frames and lines."""
        def with_positions():
            for frame, lineno in frame_gen:
                yield frame, (lineno, None, None, None)

        return klass._extract_positions(with_positions(), limit=limit, lookup_lines=lookup_lines,
                                        capture_locals=capture_locals)

    @classmethod
    def _extract_positions(klass, frames, *, limit=None, lookup_lines=True, capture_locals=False):
        if limit is None:
            limit = getattr(sys, 'tracebacklimit', None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            if limit >= 0:
                frames = itertools.islice(frames, limit)
            else:
                from collections import deque
                frames = deque(frames, maxlen=-limit)
        result = klass()
        names = set()
        for frame, (lineno, end_lineno, colno, end_colno) in frames:
            code = frame.f_code
            names.add(code.co_filename)
            linecache.lazycache(code.co_filename, frame.f_globals)
            result.append(FrameSummary(
                code.co_filename, lineno, code.co_name, lookup_line=False,
                locals=frame.f_locals if capture_locals else None,
                end_lineno=end_lineno, colno=colno, end_colno=end_colno))
        for name in names:
            linecache.checkcache(name)
        if lookup_lines:
            for entry in result:
                entry.line
        return result

    @classmethod
    def from_list(klass, a_list):
        """Make a summary of FrameSummary objects or tuples (file, line, name, text)."""
        result = klass()
        for entry in a_list:
            if not isinstance(entry, FrameSummary):
                filename, lineno, name, line = entry
                entry = FrameSummary(filename, lineno, name, line=line)
            result.append(entry)
        return result

    def format_frame_summary(self, frame_summary):
        """The text of one entry; a subclass may return None to leave it out."""
        text = f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n'
        line = frame_summary.line
        if line:
            text += f'    {line}\n'
            text += _carets(frame_summary, line)
        if frame_summary.locals:
            text += ''.join(f'    {name} = {value}\n' for name, value in sorted(frame_summary.locals.items()))
        return text

    def format(self):
        """The lines of the stack; a line that repeats itself is shown three times and then counted."""
        lines = []
        last, count = None, 0
        for entry in self:
            text = self.format_frame_summary(entry)
            if text is None:
                continue
            key = (entry.filename, entry.lineno, entry.name)
            if key != last or last is None or entry.filename is None or entry.lineno is None or entry.name is None:
                lines += _repeated(count)
                last, count = key, 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                lines.append(text)
        return lines + _repeated(count)


def _repeated(count):
    more = count - _RECURSIVE_CUTOFF
    if more <= 0:
        return []
    return [f'  [Previous line repeated {more} more time{"s" if more > 1 else ""}]\n']


def _carets(entry, shown):
    """The line of carets under a line of source, or nothing if that would mark all of it."""
    if entry.colno is None or entry.end_colno is None:
        return ''
    original = entry._original_line.rstrip('\n')
    carets = _caret_line(original, len(original) - len(original.lstrip()), shown,
                         entry.lineno, entry.colno, entry.end_lineno or entry.lineno, entry.end_colno)
    if not carets:
        return ''
    # Blanks at the end of the source line move the marks to the left: so they stand in CPython 3.11.
    moved = min(len(original) - len(original.rstrip()), len(carets) - len(carets.lstrip()))
    return f'    {carets[moved:]}\n'


# --- exceptions ---

def _safe_string(value, what, func=str):
    try:
        return func(value)
    except BaseException:
        return f'<{what} {func.__name__}() failed>'


def _final_line(name, value):
    text = _safe_string(value, 'exception')
    return f'{name}\n' if value is None or not text else f'{name}: {text}\n'


class _Nesting:
    """How deep in exception groups the text is, which is its margin."""

    def __init__(self):
        self.depth = 0
        self.need_close = False

    def margin(self):
        return ' ' * (2 * self.depth)

    def emit(self, texts, margin_char='|'):
        prefix = self.margin()
        if self.depth:
            prefix += margin_char + ' '
        for text in (texts,) if isinstance(texts, str) else texts:
            yield ''.join([prefix + line for line in text.splitlines(True)])


class TracebackException:
    """All that is to be printed of an exception, taken at once, so that frames and values may go."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, _seen=None):
        options = {'limit': limit, 'lookup_lines': lookup_lines, 'capture_locals': capture_locals,
                   'max_group_width': max_group_width, 'max_group_depth': max_group_depth}
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self._take(exc_type, exc_value, exc_traceback, options)
        # Chains may be as long as memory allows: no recursion.
        waiting = [(self, exc_value)] if _seen is None else []
        self.__cause__ = self.__context__ = self.exceptions = None

        def another(exc):
            made = TracebackException(type(exc), exc, exc.__traceback__, _seen=seen, **options)
            waiting.append((made, exc))
            return made

        while waiting:
            made, exc = waiting.pop()
            if exc is None:
                continue
            if exc.__cause__ is not None and id(exc.__cause__) not in seen:
                made.__cause__ = another(exc.__cause__)
            wanted = not compact or made.__cause__ is None and not exc.__suppress_context__
            if wanted and exc.__context__ is not None and id(exc.__context__) not in seen:
                made.__context__ = another(exc.__context__)
            if isinstance(exc, BaseExceptionGroup):
                made.exceptions = [another(inner) for inner in exc.exceptions]

    def _take(self, exc_type, exc_value, exc_traceback, options):
        self.max_group_width = options['max_group_width']
        self.max_group_depth = options['max_group_depth']
        self.stack = StackSummary._extract_positions(
            _walk_tb_with_positions(exc_traceback), limit=options['limit'], lookup_lines=options['lookup_lines'],
            capture_locals=options['capture_locals'])
        self.exc_type = exc_type
        self._str = _safe_string(exc_value, 'exception')
        self.__notes__ = getattr(exc_value, '__notes__', None)
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        if exc_type and issubclass(exc_type, SyntaxError):
            self.filename, self.text, self.msg = exc_value.filename, exc_value.text, exc_value.msg
            self.lineno = None if exc_value.lineno is None else str(exc_value.lineno)
            self.end_lineno = None if exc_value.end_lineno is None else str(exc_value.end_lineno)
            self.offset, self.end_offset = exc_value.offset, exc_value.end_offset

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Take a whole exception."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __str__(self):
        return self._str

    def print(self, *, file=None, chain=True):
        """Print what format gives."""
        _write(self.format(chain=chain), file)

    def format_exception_only(self):
        """The lines that tell the exception: the last one names it, notes follow."""
        if self.exc_type is None:
            yield _final_line(None, self._str)
            return
        name, module = self.exc_type.__qualname__, self.exc_type.__module__
        if module not in ('__main__', 'builtins'):
            name = f'{module if isinstance(module, str) else "<unknown>"}.{name}'
        if issubclass(self.exc_type, SyntaxError):
            yield from self._format_syntax_error(name)
        else:
            yield _final_line(name, self._str)
        notes = self.__notes__
        if isinstance(notes, Sequence) and not isinstance(notes, (str, bytes)):
            for note in notes:
                yield from [line + '\n' for line in _safe_string(note, 'note').split('\n')]
        elif notes is not None:
            yield _safe_string(notes, '__notes__', func=repr)

    def _format_syntax_error(self, name):
        suffix = ''
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            suffix = f' ({self.filename})'
        if self.text is not None:
            text = self.text.rstrip('\n')
            shown = text.lstrip(' \n\f')
            yield f'    {shown}\n'
            if self.offset is not None:
                yield from self._syntax_carets(shown, len(text) - len(shown))
        yield f'{name}: {self.msg or "<no detail available>"}{suffix}\n'

    def _syntax_carets(self, shown, removed):
        start, end = self.offset, self.end_offset or self.offset
        if end == start or end == -1:
            end = start + 1
        column = start - 1 - removed
        if column < 0:
            return
        # Tabs stay tabs, so that the carets stand where they should.
        space = ''.join([c if c.isspace() else ' ' for c in shown[:column]])
        yield f'    {space}{"^" * (end - start)}\n'

    def _chain(self):
        """This exception and those before it, the first one first, each with the words that come before it."""
        found = []
        words, exc = None, self
        while exc is not None:
            found.append((words, exc))
            if exc.__cause__ is not None:
                words, exc = _CAUSE, exc.__cause__
            elif exc.__context__ is not None and not exc.__suppress_context__:
                words, exc = _CONTEXT, exc.__context__
            else:
                break
        # The words belong behind the earlier exception.
        return reversed(found)

    def format(self, *, chain=True, _ctx=None):
        """The lines of the whole text, each with its newline."""
        nesting = _ctx or _Nesting()
        for words, exc in self._chain() if chain else [(None, self)]:
            if exc.exceptions is None:
                if exc.stack:
                    yield from nesting.emit('Traceback (most recent call last):\n')
                    yield from nesting.emit(exc.stack.format())
                yield from nesting.emit(exc.format_exception_only())
            elif nesting.depth > self.max_group_depth:
                yield from nesting.emit(f'... (max_group_depth is {self.max_group_depth})\n')
            else:
                yield from self._format_group(exc, nesting, chain)
            if words is not None:
                yield from nesting.emit(words)

    def _format_group(self, exc, nesting, chain):
        outermost = nesting.depth == 0
        if outermost:
            nesting.depth = 1
        if exc.stack:
            yield from nesting.emit('Exception Group Traceback (most recent call last):\n', '+' if outermost else '|')
            yield from nesting.emit(exc.stack.format())
        yield from nesting.emit(exc.format_exception_only())
        members, width = exc.exceptions, self.max_group_width
        shown = len(members) if len(members) <= width else width + 1
        nesting.need_close = False
        for i in range(shown):
            last, left_out = i == shown - 1, i >= width
            if last:
                nesting.need_close = True
            title = '...' if left_out else str(i + 1)
            yield f'{nesting.margin()}{"+-" if i == 0 else "  "}+---------------- {title} ----------------\n'
            nesting.depth += 1
            if left_out:
                more = len(members) - width
                yield from nesting.emit(f'and {more} more exception{"s" if more > 1 else ""}\n')
            else:
                yield from members[i].format(chain=chain, _ctx=nesting)
            if last and nesting.need_close:
                yield f'{nesting.margin()}+------------------------------------\n'
                nesting.need_close = False
            nesting.depth -= 1
        if outermost:
            nesting.depth = 0
