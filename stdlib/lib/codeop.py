"""Is a piece of source complete? What prompts need to know."""
import __future__
import warnings

__all__ = ['compile_command', 'Compile', 'CommandCompiler']

_features = [getattr(__future__, name) for name in __future__.all_feature_names]
PyCF_DONT_IMPLY_DEDENT = 0x200
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000


def _maybe_compile(compiler, source, filename, symbol):
    # Lines without code are an empty statement.
    for line in source.split('\n'):
        line = line.strip()
        if line and line[0] != '#':
            break
    else:
        if symbol != 'eval':
            source = 'pass'
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', (SyntaxWarning, DeprecationWarning))
        try:
            compiler(source, filename, symbol)
        except SyntaxError:
            try:
                compiler(source + '\n', filename, symbol)
                return None
            except SyntaxError as error:
                if 'incomplete input' in str(error):
                    return None
    return compiler(source, filename, symbol)


def _without_dedent(source, flags):
    # A newline at the end closes the blocks.
    return flags & ~PyCF_DONT_IMPLY_DEDENT if source.endswith('\n') else flags


def _compile(source, filename, symbol):
    flags = _without_dedent(source, PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT)
    return compile(source, filename, symbol, flags)


def compile_command(source, filename='<input>', symbol='single'):
    """The code of a source that is complete, None for the beginning of one; SyntaxError if it can never be right."""
    return _maybe_compile(_compile, source, filename, symbol)


class Compile:
    """Compiles, and remembers the future statements that it has seen."""

    def __init__(self):
        self.flags = PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT

    def __call__(self, source, filename, symbol):
        code = compile(source, filename, symbol, _without_dedent(source, self.flags), True)
        for feature in _features:
            if code.co_flags & feature.compiler_flag:
                self.flags |= feature.compiler_flag
        return code


class CommandCompiler:
    """compile_command with such a memory."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename='<input>', symbol='single'):
        return _maybe_compile(self.compiler, source, filename, symbol)
