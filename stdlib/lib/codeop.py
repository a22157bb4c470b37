"""Is a piece of source complete? What prompts need to know."""
import __future__
import warnings

__all__ = ['compile_command', 'Compile', 'CommandCompiler']

PyCF_DONT_IMPLY_DEDENT = 0x200
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000
_FLAGS = PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT
_FUTURE_FLAGS = [getattr(__future__, name).compiler_flag for name in __future__.all_feature_names]


def _has_code(source):
    return any(line and not line.startswith('#') for line in map(str.strip, source.split('\n')))


def _may_go_on(compiler, source, filename, symbol):
    """Whether a source is the beginning of something: one more line end makes it right, or shows that more is missing."""
    with warnings.catch_warnings():
        # They come when it is compiled in earnest.
        warnings.simplefilter('ignore', (SyntaxWarning, DeprecationWarning))
        try:
            compiler(source, filename, symbol)
            return False
        except SyntaxError:
            pass
        try:
            compiler(source + '\n', filename, symbol)
        except SyntaxError as problem:
            return 'incomplete input' in str(problem)
        return True


def _code_or_none(compiler, source, filename, symbol):
    if symbol != 'eval' and not _has_code(source):
        source = 'pass'
    if _may_go_on(compiler, source, filename, symbol):
        return None
    return compiler(source, filename, symbol)


def _flags_for(source, flags):
    # A line end at the end closes the blocks; a tree has none open.
    return flags & ~PyCF_DONT_IMPLY_DEDENT if isinstance(source, str) and source.endswith('\n') else flags


def _compile(source, filename, symbol):
    return compile(source, filename, symbol, _flags_for(source, _FLAGS))


def compile_command(source, filename='<input>', symbol='single'):
    """The code of a source that is complete, None for the beginning of one; SyntaxError if it can never be right."""
    return _code_or_none(_compile, source, filename, symbol)


class Compile:
    """Compiles, and remembers the future statements that it has seen."""

    def __init__(self):
        self.flags = _FLAGS

    def __call__(self, source, filename, symbol):
        made = compile(source, filename, symbol, _flags_for(source, self.flags), dont_inherit=True)
        for flag in _FUTURE_FLAGS:
            self.flags |= made.co_flags & flag
        return made


class CommandCompiler:
    """compile_command with such a memory."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename='<input>', symbol='single'):
        return _code_or_none(self.compiler, source, filename, symbol)
