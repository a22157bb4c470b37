"""Syntax trees: making them from source, looking at them, changing them, writing them out again.

The node classes are in _ast; unparse is in _ast_unparse.
"""
from _ast import *
from _ast import AST, PyCF_ALLOW_TOP_LEVEL_AWAIT, PyCF_ONLY_AST, PyCF_TYPE_COMMENTS

_POSITIONS = ('lineno', 'col_offset', 'end_lineno', 'end_col_offset')


def parse(source, filename='<unknown>', mode='exec', *, type_comments=False, feature_version=None):
    """The tree of a source text."""
    flags = PyCF_ONLY_AST
    if type_comments:
        flags |= PyCF_TYPE_COMMENTS
    if isinstance(feature_version, tuple):
        major, minor = feature_version
        if major != 3:
            raise ValueError(f'Unsupported major version: {major}')
        feature_version = minor
    elif feature_version is None:
        feature_version = -1
    return compile(source, filename, mode, flags, _feature_version=feature_version)


# --- values ---

def literal_eval(node_or_string):
    """The value of a text or tree that consists of literals: numbers, text, tuples, lists, dicts, sets and so on."""
    node = node_or_string
    if isinstance(node, str):
        node = parse(node.lstrip(' \t'), mode='eval')
    if isinstance(node, Expression):
        node = node.body
    return _literal(node)


def _malformed(node):
    line = getattr(node, 'lineno', None)
    where = f' on line {line}' if line else ''
    raise ValueError(f'malformed node or string{where}: {node!r}')


def _number(node):
    if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
        _malformed(node)
    return node.value


def _signed_number(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        value = _number(node.operand)
        return +value if isinstance(node.op, UAdd) else -value
    return _number(node)


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, List):
        return list(map(_literal, node.elts))
    if isinstance(node, Set):
        return set(map(_literal, node.elts))
    if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == 'set' and not (
            node.args or node.keywords):
        return set()
    if isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            _malformed(node)
        return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        # A complex number.
        left, right = _signed_number(node.left), _number(node.right)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _signed_number(node)


# --- text ---

def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    """The tree as text, on one line or, with an indent, on many."""
    if not isinstance(node, AST):
        raise TypeError(f'expected AST, got {node.__class__.__name__!r}')
    if indent is not None and not isinstance(indent, str):
        indent = ' ' * indent

    def layout(level):
        return (',\n' + indent * level, '\n' + indent * level) if indent is not None else (', ', '')

    def show(node, level=0):
        separator, start = layout(level + 1)
        if isinstance(node, AST):
            return show_node(node, level + 1, separator, start)
        if isinstance(node, list):
            if not node:
                return '[]', True
            return f'[{start}{separator.join([show(item, level + 1)[0] for item in node])}]', False
        return repr(node), True

    def show_node(node, level, separator, start):
        cls = type(node)
        parts, simple, keywords = [], True, annotate_fields
        for name in node._fields:
            value = getattr(node, name, cls)
            if value is cls or value is None and getattr(cls, name, ...) is None:
                keywords = True  # those behind a missing one need their names
                continue
            text, is_simple = show(value, level)
            simple = simple and is_simple
            parts.append(f'{name}={text}' if keywords else text)
        if include_attributes and node._attributes:
            for name in node._attributes:
                value = getattr(node, name, cls)
                if value is cls or value is None and getattr(cls, name, ...) is None:
                    continue
                text, is_simple = show(value, level)
                simple = simple and is_simple
                parts.append(f'{name}={text}')
        if simple and len(parts) <= 3:
            return f'{cls.__name__}({", ".join(parts)})', not parts
        return f'{cls.__name__}({start}{separator.join(parts)})', False

    return show(node)[0]


def unparse(ast_obj):
    """Source text that gives the tree when it is parsed."""
    from _ast_unparse import Unparser
    return Unparser().visit(ast_obj)


# --- positions ---

def copy_location(new_node, old_node):
    """Give the new node the position of the old one, where both can have one; the new node."""
    for name in _POSITIONS:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or hasattr(old_node, name) and name.startswith('end_'):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Give nodes without a position that of the node around them; the node."""
    def fix(node, inherited):
        inherited = list(inherited)
        for i, name in enumerate(_POSITIONS):
            if name in node._attributes:
                missing = getattr(node, name, None) is None if name.startswith('end_') else not hasattr(node, name)
                if missing:
                    setattr(node, name, inherited[i])
                else:
                    inherited[i] = getattr(node, name)
        for child in iter_child_nodes(node):
            fix(child, inherited)

    fix(node, (1, 0, 1, 0))
    return node


def increment_lineno(node, n=1):
    """Move a tree by n lines; the node."""
    for child in walk(node):
        if isinstance(child, TypeIgnore):
            child.lineno = getattr(child, 'lineno', 0) + n
            continue
        if 'lineno' in child._attributes:
            child.lineno = getattr(child, 'lineno', 0) + n
        if 'end_lineno' in child._attributes:
            end = getattr(child, 'end_lineno', 0)
            if end is not None:
                child.end_lineno = end + n
    return node


def _splitlines_no_ff(source, maxlines=None):
    """The lines as the parser counts them: form feeds and the like end none."""
    lines, line = [], ''
    at, size = 0, len(source)
    while at < size:
        character = source[at]
        at += 1
        line += character
        if character == '\r' and at < size and source[at] == '\n':
            line += '\n'
            at += 1
        if character in '\r\n':
            lines.append(line)
            line = ''
            if maxlines is not None and len(lines) >= maxlines:
                return lines
    if line:
        lines.append(line)
    return lines


def get_source_segment(source, node, *, padded=False):
    """The part of the source that a node stands for, or None if the node does not know it."""
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last = node.lineno - 1, node.end_lineno - 1
        start, end = node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = [line.encode() for line in _splitlines_no_ff(source)]
    if first == last:
        return lines[first][start:end].decode()
    padding = ''
    if padded:
        padding = ''.join([c if c in '\f\t' else ' ' for c in lines[first][:start].decode()])
    return ''.join([padding + lines[first][start:].decode(), *[line.decode() for line in lines[first + 1:last]],
                    lines[last][:end].decode()])


# --- walking ---

def iter_fields(node):
    """Pairs of name and value of the fields that a node has."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """The nodes right below a node."""
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    """The node and all below it, level by level."""
    from collections import deque
    waiting = deque([node])
    while waiting:
        node = waiting.popleft()
        waiting.extend(iter_child_nodes(node))
        yield node


def get_docstring(node, clean=True):
    """The documentation of a module, class or function, or None."""
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{node.__class__.__name__!r} can't have docstrings")
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    value = node.body[0].value
    if not (isinstance(value, Constant) and isinstance(value.value, str)):
        return None
    if clean:
        from inspect import cleandoc
        return cleandoc(value.value)
    return value.value


class NodeVisitor:
    """Calls visit_NAME(node) for nodes of the class NAME that it is handed, and visits what is below the others."""

    def visit(self, node):
        """Visit one node."""
        return getattr(self, 'visit_' + node.__class__.__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        """Visit all below it."""
        for _, value in iter_fields(node):
            if isinstance(value, list):
                for item in value:
                    if isinstance(item, AST):
                        self.visit(item)
            elif isinstance(value, AST):
                self.visit(value)

    def visit_Constant(self, node):
        # Classes of old programs have methods for Num, Str and so on.
        value = node.value
        name = _CONST_NODE_TYPES.get(type(value))
        if name is None:
            for cls, other in _CONST_NODE_TYPES.items():
                if isinstance(value, cls):
                    name = other
                    break
        method = getattr(self, f'visit_{name}', None) if name is not None else None
        if method is None:
            return self.generic_visit(node)
        import warnings
        warnings.warn(f'visit_{name} is deprecated; add visit_Constant', DeprecationWarning, 2)
        return method(node)


class NodeTransformer(NodeVisitor):
    """A visitor whose methods return what takes the place of the node: another one, several in a list, or None."""

    def generic_visit(self, node):
        for name, old in iter_fields(node):
            if isinstance(old, list):
                new_items = []
                for item in old:
                    if isinstance(item, AST):
                        item = self.visit(item)
                        if item is None:
                            continue
                        if not isinstance(item, AST):
                            new_items.extend(item)
                            continue
                    new_items.append(item)
                old[:] = new_items
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node


# --- what was once ---

def _value_alias(name):
    def get(self):
        """Deprecated. Use value instead."""
        return self.value

    def set(self, value):
        self.value = value

    setattr(Constant, name, property(get, set))


_value_alias('n')
_value_alias('s')


class _ABC(type):
    """Classes of constants of old times: what they make is a Constant, and a Constant is one of them by its value."""

    def __init__(cls, *args):
        cls.__doc__ = 'Deprecated AST node class. Use ast.Constant instead'

    def __instancecheck__(cls, inst):
        if cls not in _const_types:
            return isinstance(inst, Constant) and type.__instancecheck__(cls, inst)
        if not isinstance(inst, Constant) or not hasattr(inst, 'value'):
            return False
        # A bool is an int, but no Num.
        return isinstance(inst.value, _const_types[cls]) and not isinstance(inst.value, _const_types_not.get(cls, ()))


def _new(cls, *args, **kwargs):
    by_place = cls._fields[:len(args)]
    for key in kwargs:
        if key in by_place:
            raise TypeError(f'{cls.__name__} got multiple values for argument {key!r}')
    return Constant(*args, **kwargs) if cls in _const_types else Constant.__new__(cls, *args, **kwargs)


def _new_ellipsis(cls, *args, **kwargs):
    return Constant(..., *args, **kwargs) if cls is Ellipsis else Constant.__new__(cls, *args, **kwargs)


def _old_constant(name, new=_new, **fields):
    return _ABC(name, (Constant,), {'__module__': __name__, '__new__': new, **fields})


Num = _old_constant('Num', _fields=('n',))
Str, Bytes = (_old_constant(_name, _fields=('s',)) for _name in ('Str', 'Bytes'))
NameConstant = _old_constant('NameConstant')
Ellipsis = _old_constant('Ellipsis', _new_ellipsis, _fields=())

_const_types = {Num: (int, float, complex), Str: (str,), Bytes: (bytes,), NameConstant: (type(None), bool),
                Ellipsis: (type(...),)}
_const_types_not = {Num: (bool,)}
# The same the other way round: NodeVisitor has methods by these names. A bool is found before int.
_CONST_NODE_TYPES = {_type: _class.__name__ for _class, _types in reversed(_const_types.items()) for _type in _types}


class slice(AST):
    """Deprecated AST node class."""


class Index(slice):
    """Deprecated AST node class. Use the index value directly instead."""

    def __new__(cls, value, **kwargs):
        return value


class ExtSlice(slice):
    """Deprecated AST node class. Use ast.Tuple instead."""

    def __new__(cls, dims=(), **kwargs):
        return Tuple([*dims], Load(), **kwargs)


def _unused(name, base):
    return type(name, (base,), {'__doc__': 'Deprecated AST node class. Unused in Python 3.', '__module__': __name__})


Suite = _unused('Suite', mod)
AugLoad, AugStore, Param = (_unused(_name, expr_context) for _name in ('AugLoad', 'AugStore', 'Param'))

Tuple.dims = property(lambda self: self.elts, lambda self, value: setattr(self, 'elts', value),
                      doc='Deprecated. Use elts instead.')


def main():
    """Print the tree of a file."""
    from argparse import ArgumentParser, FileType
    options = {
        ('infile',): dict(type=FileType(mode='rb'), nargs='?', default='-', help='the file to parse; defaults to stdin'),
        ('-m', '--mode'): dict(default='exec', choices=('exec', 'single', 'eval', 'func_type'),
                               help='specify what kind of code must be parsed'),
        ('--no-type-comments',): dict(default=True, action='store_false', help="don't add information about type comments"),
        ('-a', '--include-attributes'): dict(action='store_true',
                                             help='include attributes such as line numbers and column offsets'),
        ('-i', '--indent'): dict(type=int, default=3, help='indentation of nodes (number of spaces)'),
    }
    line = ArgumentParser(prog='python -m ast')
    for names, how in options.items():
        line.add_argument(*names, **how)
    given = line.parse_args()
    with given.infile as file:
        tree = parse(file.read(), file.name, given.mode, type_comments=given.no_type_comments)
    print(dump(tree, include_attributes=given.include_attributes, indent=given.indent))


if __name__ == '__main__':
    main()
