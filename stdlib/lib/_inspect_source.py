"""Finding the source code of live objects. A part of inspect."""
import _imp
import linecache
import os
import sys

from inspect import isclass, iscode, isframe, isfunction, ismethod, ismodule, istraceback, unwrap

# What is defined here belongs to inspect, and is found there.
__name__ = 'inspect'

modulesbyfile = {}
_filesbymodname = {}
_SUFFIXES = ('.py',)


class ClassFoundException(Exception):
    """Kept for programs that name it."""


class EndOfBlock(Exception):
    """The block of code is complete."""


# --- files and modules ---

def _library_module(file):
    """The module of the library that has this file; None when it is no file of the library, or not imported."""
    package = _imp.library_package(os.path.dirname(file))
    if package is None:
        return None
    stem = getmodulename(file)
    return sys.modules.get(package if stem == '__init__' else f'{package}.{stem}' if package else stem)


def _part_with(cls):
    """Where the methods of a class of the library say that they are: modules have parts, and no class says which."""
    for member in vars(cls).values():
        code = getattr(unwrap(member) if isfunction(member) else None, '__code__', None)
        if code is not None and code.co_qualname.startswith(cls.__qualname__ + '.'):
            return code.co_filename
    return None


def getfile(object):
    """The file that defines an object."""
    if ismodule(object):
        if file := getattr(object, '__file__', None):
            return file
        raise TypeError(f'{object!r} is a built-in module')
    if isclass(object):
        if hasattr(object, '__module__'):
            if file := getattr(sys.modules.get(object.__module__), '__file__', None):
                return _part_with(object) or file if _library_module(file) else file
            if object.__module__ == '__main__':
                raise OSError('source code not available')
        raise TypeError(f'{object!r} is a built-in class')
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return object.co_filename
    raise TypeError('module, class, method, function, traceback, frame, or code object was expected, got '
                    f'{type(object).__name__}')


def getmodulename(path):
    """The name of the module that a file is, or None."""
    name = os.path.basename(path)
    return name[:-3] if name.endswith(_SUFFIXES) else None


def getsourcefile(object):
    """The file with the source of an object, or None."""
    filename = getfile(object)
    if filename.endswith(('.so', '.pyc', '.pyo')):
        return None
    if os.path.exists(filename):
        return filename
    module = getmodule(object, filename)
    if getattr(module, '__loader__', None) is not None:
        return filename
    if getattr(getattr(module, '__spec__', None), 'loader', None) is not None:
        return filename
    return filename if filename in linecache.cache else None


def getabsfile(object, _filename=None):
    """The same as a whole path."""
    if _filename is None:
        _filename = getsourcefile(object) or getfile(object)
    return os.path.normcase(os.path.abspath(_filename))


def getmodule(object, _filename=None):
    """The module that an object comes from, or None."""
    if ismodule(object):
        return object
    if hasattr(object, '__module__'):
        return sys.modules.get(object.__module__)
    if _filename is not None and _filename in modulesbyfile:
        return sys.modules.get(modulesbyfile[_filename])
    try:
        file = getabsfile(object, _filename)
    except (TypeError, FileNotFoundError):
        return None
    if file not in modulesbyfile:
        for name, module in sys.modules.copy().items():
            if ismodule(module) and hasattr(module, '__file__'):
                found = module.__file__
                if found == _filesbymodname.get(name, None) or not found:
                    continue
                _filesbymodname[name] = found
                modulesbyfile[os.path.abspath(found)] = modulesbyfile[os.path.realpath(found)] = module.__name__
    if file in modulesbyfile:
        return sys.modules.get(modulesbyfile[file])
    if not hasattr(object, '__name__'):
        return None
    for name in ('__main__', 'builtins'):
        module = sys.modules[name]
        if getattr(module, object.__name__, None) is object:
            return module
    return None


# --- source ---

def findsource(object):
    """All lines of the file of an object, and the index of the one where it begins; OSError if there are none."""
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        if not (file.startswith('<') and file.endswith('>')):
            raise OSError('source code not available')
    module = _library_module(file) or getmodule(object, file)
    lines = linecache.getlines(file, module.__dict__) if module else linecache.getlines(file)
    if not lines:
        raise OSError('could not get source code')
    if ismodule(object):
        return lines, 0
    if isclass(object):
        return lines, _line_of_class(object.__qualname__, lines)
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        index = object.co_firstlineno - 1
        if index >= len(lines):
            raise OSError('lineno is out of bounds')
        return lines, index
    raise OSError('could not find code object')


def _line_of_class(qualname, lines):
    """The index of the line where the class of this name begins, decorators included; the last of several."""
    import ast
    tree = ast.parse(''.join(lines))
    found = _class_lines(ast, tree.body, (), qualname)
    if not found:
        raise OSError('could not find class definition')
    return found[-1]


def _class_lines(ast, body, stack, qualname):
    found = []
    for node in body:
        if isinstance(node, ast.ClassDef):
            inner = (*stack, node.name)
            if '.'.join(inner) == qualname:
                found.append((node.decorator_list[0].lineno if node.decorator_list else node.lineno) - 1)
            found += _class_lines(ast, node.body, inner, qualname)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found += _class_lines(ast, node.body, (*stack, node.name, '<locals>'), qualname)
        else:
            for field in ('body', 'orelse', 'finalbody', 'handlers', 'cases'):
                inside = getattr(node, field, None)
                if isinstance(inside, list):
                    found += _class_lines(ast, inside, stack, qualname)
    return found


def indentsize(line):
    """How far a line is indented."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def getcomments(object):
    """The comment above an object, or at the top of a module; None if there is none."""
    try:
        lines, lnum = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0][:2] == '#!' else 0
        while start < len(lines) and lines[start].strip() in ('', '#'):
            start += 1
        end = start
        while end < len(lines) and lines[end][:1] == '#':
            end += 1
        found = lines[start:end]
        return ''.join([line.expandtabs() for line in found]) if found else None
    if lnum <= 0:
        return None
    indent = indentsize(lines[lnum])
    found = []
    for line in reversed(lines[:lnum]):
        stripped = line.expandtabs().lstrip()
        if stripped[:1] != '#' or indentsize(line) != indent:
            break
        found.insert(0, stripped)
    while found and found[0].strip() == '#':
        found.pop(0)
    while found and found[-1].strip() == '#':
        found.pop()
    return ''.join(found) if found else None


class BlockFinder:
    """Takes the tokens of a function or class, and raises EndOfBlock behind its last one."""

    def __init__(self):
        self.indent, self.last = 0, 1
        self.islambda = self.started = self.passline = self.indecorator = False
        self.body_col0 = None

    def tokeneater(self, type, token, srowcol, erowcol, line):
        import tokenize
        if not self.started and not self.indecorator:
            if token == '@':
                self.indecorator = True
            elif token in ('def', 'class', 'lambda'):
                self.islambda = token == 'lambda'
                self.started = True
            self.passline = True  # to the end of the line
        elif type == tokenize.NEWLINE:
            self.passline = False
            self.last = srowcol[0]
            if self.islambda:
                raise EndOfBlock
            self.indecorator = False  # a decorator goes to the end of its logical line
        elif self.passline:
            pass
        elif type == tokenize.INDENT:
            if self.body_col0 is None and self.started:
                self.body_col0 = erowcol[1]
            self.indent += 1
            self.passline = True
        elif type == tokenize.DEDENT:
            self.indent -= 1
            if self.indent <= 0:
                raise EndOfBlock
        elif type == tokenize.COMMENT:
            # A comment that is indented as the body belongs to it.
            if self.body_col0 is not None and srowcol[1] >= self.body_col0:
                self.last = srowcol[0]
        elif self.indent == 0 and type not in (tokenize.COMMENT, tokenize.NL):
            raise EndOfBlock  # it was all on one line


def getblock(lines):
    """The lines of the function or class at the top of these lines."""
    import tokenize
    finder = BlockFinder()
    try:
        for token in tokenize.generate_tokens(iter(lines).__next__):
            finder.tokeneater(*token)
    except (EndOfBlock, IndentationError):
        pass
    except SyntaxError as error:
        if 'unmatched' not in error.msg:
            raise
    return lines[:finder.last]


def getsourcelines(object):
    """The lines of an object, and the number of the first; of a module all of them, and 0."""
    object = unwrap(object)
    lines, lnum = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == '<module>':
        return lines, 0
    return getblock(lines[lnum:]), lnum + 1


def getsource(object):
    """The source of an object as one text; OSError if it cannot be had."""
    lines, _ = getsourcelines(object)
    return ''.join(lines)
